import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Job } from 'bullmq';
import { CONFIG, type Config } from '../config.js';
import { Log } from '../log.js';
import { Metrics } from '../metrics.js';
import { BACKEND } from './queue.service.js';
import type { Backend } from './backend.js';
import { Handles, type JobHandler } from './handles.js';
import { jobNames, type JobName } from './jobs.js';

/** Finds the one handler of each job at boot, and runs the worker where this process plays that role. */
@Injectable()
export class JobRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private handlers = new Map<JobName, JobHandler<JobName>>();
  private worker: { close(): Promise<void> } | null = null;

  constructor(
    private readonly discovery: DiscoveryService,
    @Inject(BACKEND) private readonly backend: Backend,
    @Inject(CONFIG) private readonly config: Config,
    private readonly log: Log,
    private readonly metrics: Metrics,
  ) {}

  onApplicationBootstrap(): void {
    this.handlers = this.findHandlers();
    if (this.config.ROLES.includes('worker')) this.start();
  }

  /** Runs one job here and now, without the queue: for the command line beside or without a server. */
  async run(name: JobName, data: Record<string, unknown>): Promise<void> {
    const handler = this.handlers.get(name);
    if (!handler) throw new Error(`no handler for job "${name}"`);
    const end = this.metrics.tickSeconds.startTimer({ job: name });
    try {
      await handler.handle(data as never);
      end({ result: 'ok' });
    } catch (error) {
      end({ result: 'failed' });
      throw error;
    }
  }

  start(): void {
    this.worker = this.backend.startWorker((job: Job) => this.work(job), {
      concurrency: this.config.WORKER_CONCURRENCY,
      lockSeconds: this.config.JOB_LOCK_SECONDS,
      onError: (error) => this.log.error({ err: error.message }, 'queue worker'),
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.worker?.close();
  }

  private async work(job: Job): Promise<void> {
    try {
      await this.run(job.name as JobName, job.data as Record<string, unknown>);
    } catch (error) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.log.error({ job: job.name, err: text }, 'job failed');
      // BullMQ on Postgres cannot store NUL in an error text and would leave the job active for ever.
      throw new Error(text.replaceAll('\0', '').slice(0, 2000), { cause: error });
    }
  }

  private findHandlers(): Map<JobName, JobHandler<JobName>> {
    const found = new Map<JobName, JobHandler<JobName>>();
    for (const wrapper of this.discovery.getProviders()) {
      const name = this.discovery.getMetadataByDecorator(Handles, wrapper);
      if (name === undefined) continue;
      if (found.has(name)) throw new Error(`job "${name}" has more than one handler`);
      found.set(name, wrapper.instance as JobHandler<JobName>);
    }
    const missing = jobNames.filter((name) => !found.has(name));
    if (missing.length > 0) throw new Error(`no handler for: ${missing.join(', ')}`);
    return found;
  }
}
