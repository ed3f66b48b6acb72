import { DiscoveryService, type DiscoverableDecorator } from '@nestjs/core';
import type { Jobs, JobName } from './jobs.js';

/** Marks a provider as the one handler of a job: `@Handles('plan')`. */
export const Handles: DiscoverableDecorator<JobName> = DiscoveryService.createDecorator<JobName>();

/** What a handler is: short, idempotent, loading the rows it needs by itself. */
export interface JobHandler<N extends JobName> {
  handle(data: Jobs[N]): Promise<void>;
}
