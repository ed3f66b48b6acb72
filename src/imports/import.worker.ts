import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Handles, type JobHandler } from '../queue/handles.js';
import { ImportRunner } from './import-runner.js';

/** Reads the files of one import. When the process is told to end, it stops after the batch at hand. */
@Injectable()
@Handles('import')
export class ImportWorker implements JobHandler<'import'>, OnModuleDestroy {
  private closing = false;

  constructor(private readonly runner: ImportRunner) {}

  onModuleDestroy(): void {
    this.closing = true;
  }

  async handle({ importId }: { importId: string }): Promise<void> {
    await this.runner.run(importId, { isStopping: () => this.closing });
  }
}
