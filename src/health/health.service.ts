import { Inject, Injectable, ServiceUnavailableException } from '@nestjs/common';
import { HealthCheckService, HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import type { Gauge } from 'prom-client';
import { DataSource } from 'typeorm';
import { messageStates } from '../core/states.js';
import { rows } from '../database/rows.js';
import { AppError } from '../http/errors.js';
import { Log } from '../log.js';
import { Metrics } from '../metrics.js';
import { Queue } from '../queue/queue.service.js';
import type { HealthAnswer } from './health.schemas.js';

/** A part that has not answered by then is down, in ms. */
const PATIENCE = 3_000;

/** Counts are as old as this at most, in ms, however often they are asked for. */
const COUNTS_AGE = 10_000;

/** What operators ask: does it run, can it work, how much is there to do. */
@Injectable()
export class HealthService {
  private readonly messages: Gauge;
  private readonly jobs: Gauge;
  private counted = Number.NEGATIVE_INFINITY;

  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly queue: Queue,
    private readonly measured: Metrics,
    private readonly checks: HealthCheckService,
    private readonly indicator: HealthIndicatorService,
    private readonly log: Log,
  ) {
    this.messages = measured.gauge('followthrough_messages', 'Messages by state.', ['state']);
    this.jobs = measured.gauge('followthrough_queue_jobs', 'Jobs in the queue by state.', ['state']);
  }

  /** @throws AppError `unavailable`, naming what is down */
  async ready(): Promise<HealthAnswer> {
    try {
      const { status, details } = await this.checks.check([
        () => this.ping('database', () => this.db.query('SELECT 1')),
        () => this.ping('queue', () => this.queue.counts()),
      ]);
      return { status, details } as HealthAnswer;
    } catch (error) {
      if (!(error instanceof ServiceUnavailableException)) throw error;
      const { error: down } = error.getResponse() as { error: Record<string, unknown> };
      throw new AppError('unavailable', `Does not answer: ${Object.keys(down).join(', ')}.`);
    }
  }

  async metrics(): Promise<{ type: string; body: string }> {
    if (performance.now() - this.counted > COUNTS_AGE) {
      this.counted = performance.now();
      await this.count();
    }
    return this.measured.text();
  }

  private async ping(name: string, ask: () => Promise<unknown>): Promise<HealthIndicatorResult> {
    const part = this.indicator.check(name);
    try {
      await withinPatience(ask());
      return part.up();
    } catch (error) {
      this.log.warn({ part: name, err: String(error) }, 'not ready');
      return part.down();
    }
  }

  private async count(): Promise<void> {
    const counts = await rows<{ state: string; count: number }>(
      this.db,
      'SELECT state, count(*)::int AS count FROM message GROUP BY state',
    );
    const byState = new Map(counts.map(({ state, count }) => [state, count]));
    for (const state of messageStates) this.messages.set({ state }, byState.get(state) ?? 0);
    try {
      const jobs = await withinPatience(this.queue.counts());
      for (const [state, count] of Object.entries(jobs)) this.jobs.set({ state }, count);
    } catch {
      // A queue that is down is for readiness to say; the other numbers are still worth having.
      this.jobs.reset();
    }
  }
}

/** Redis clients wait for their server without end; nobody who asks for health does. */
async function withinPatience<T>(asked: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), PATIENCE);
  });
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}
