import { HOUR } from './rules.js';
import type { Moves } from './chosen.js';

/** The clock and the minute. */
export const TIME = {
  'time passes': {
    often: 10,
    play: async (world, _, n) => {
      const steps = [5 / 60, 1, 3, 12, 24, 48, 120, 24 * 7, 24 * 15];
      const hours = steps[n % steps.length] ?? 1;
      world.pass(hours * HOUR);
      await world.tick();
      return `${hours} h`;
    },
  },
  'the next is due': {
    often: 26,
    play: async (world) => {
      const next = await world.nextDue();
      if (next) world.app.clock.set(next);
      await world.tick();
      return world.now.toISOString();
    },
  },
  'the clock goes back': {
    often: 2,
    play: async (world, _, n) => {
      world.pass(-HOUR);
      if (n % 2 === 0) await world.tick();
    },
  },
  'a job runs': {
    often: 4,
    play: async (world, _, n) => {
      const job = (['celebrate', 'plan', 'compose', 'deliver'] as const)[n % 4] ?? 'plan';
      await world.run(job);
      return job;
    },
  },
} satisfies Moves;
