import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/**
 * What is measured in this process, for Prometheus. Delivery observes sends, the job runner observes jobs; counts that
 * live in rows are read when they are asked for (health).
 */
export class Metrics {
  readonly registry = new Registry();

  /** From claim to the server's last word, in seconds, by `result` (as in `send_attempt`). */
  readonly sendSeconds = new Histogram({
    name: 'followthrough_send_seconds',
    help: 'Seconds from claiming a message to the end of its SMTP conversation.',
    labelNames: ['result'] as const,
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
    registers: [this.registry],
  });

  /** One job of the minute tick, or any other, in seconds, by `job` and `result` (ok, failed). */
  readonly tickSeconds = new Histogram({
    name: 'followthrough_tick_seconds',
    help: 'Seconds one job took.',
    labelNames: ['job', 'result'] as const,
    buckets: [0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300],
    registers: [this.registry],
  });

  private standard = false;

  gauge(name: string, help: string, labels: string[]): Gauge {
    return new Gauge({ name, help, labelNames: labels, registers: [this.registry] });
  }

  /** Everything as Prometheus text; memory, CPU and event loop of the process are watched from the first scrape on. */
  async text(): Promise<{ type: string; body: string }> {
    if (!this.standard) collectDefaultMetrics({ register: this.registry });
    this.standard = true;
    return { type: this.registry.contentType, body: await this.registry.metrics() };
  }
}
