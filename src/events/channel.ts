import type { Reach } from '../database/reach.js';

/** As the planner will choose: mail where there is an address nobody else was written to at, else a task. */
export function channelOf(reach: Reach | undefined): 'mail' | 'task' {
  return reach && !reach.taken ? 'mail' : 'task';
}
