import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { Queue } from '../queue/queue.service.js';
import { scanView, wantScan } from './match-register.js';
import type { ScanView } from './proposals.schemas.js';

/** The owner's wish to have everybody compared, and how it goes; a worker does it. */
@Injectable()
export class MatchScans {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly queue: Queue,
  ) {}

  /** Asked twice, it is done once. */
  async want(ownerId: string): Promise<ScanView> {
    await wantScan(this.db, ownerId, this.clock.now());
    const view = await this.view(ownerId);
    await this.queue.wake('match', {});
    return view;
  }

  view(ownerId: string): Promise<ScanView> {
    return scanView(this.db, ownerId);
  }
}
