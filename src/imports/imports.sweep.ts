import { Inject, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import { rows } from '../database/rows.js';
import { Log } from '../log.js';
import { IntakeService } from './intake.service.js';

/**
 * Each minute: imports whose job was lost, or whose worker died, are offered again; uploads whose sender or process died
 * are ended, once nothing has come in for an hour of the database's time.
 */
@Injectable()
export class ImportsSweep {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Config,
    private readonly intake: IntakeService,
    private readonly log: Log,
  ) {}

  @Interval('imports', 60_000)
  async minute(): Promise<void> {
    if (!this.config.ROLES.includes('scheduler')) return;
    try {
      await this.sweep();
    } catch (error) {
      this.log.error({ err: String(error) }, 'imports');
    }
  }

  async sweep(): Promise<void> {
    const open = await rows<{ id: string; ownerId: string; state: string; silent: boolean }>(
      this.db,
      `SELECT i.id, i.owner_id, i.state,
              coalesce((SELECT max(c.created_at) FROM import_file f JOIN import_chunk c ON c.owner_id = i.owner_id
                           AND c.file_id = f.id WHERE f.import_id = i.id), i.created_at)
                < clock_timestamp() - interval '1 hour' AS silent
         FROM import i WHERE i.state IN ('receiving', 'queued', 'running') ORDER BY i.id`,
    );
    for (const { id, ownerId, state, silent } of open) {
      if (state !== 'receiving') await this.intake.wake(id);
      else if (silent) await this.intake.abandon(ownerId, id, 'the upload broke off before its end');
    }
  }
}
