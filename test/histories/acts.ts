import fc from 'fast-check';
import { DELIVERY } from './acts-delivery.js';
import { EARS } from './acts-ears.js';
import { DRAFTS, goOn } from './acts-drafts.js';
import { MAIL } from './acts-mail.js';
import { PEOPLE } from './acts-people.js';
import { TIME } from './acts-time.js';
import type { Ways } from './small-world.js';
import { Wrong, type World } from './world.js';

const COMMON = { ...TIME, ...DRAFTS, ...MAIL, ...PEOPLE, ...DELIVERY };
const ACTS = { ...COMMON, ...EARS };

/** One thing that happens. What `who` and `n` choose, each act says for itself. */
export interface Act {
  does: keyof typeof ACTS;
  who: number;
  n: number;
}

function anActOf(acts: Partial<typeof ACTS>): fc.Arbitrary<Act> {
  return fc.record({
    does: fc.oneof(
      ...Object.entries(acts).map(([does, { often }]) => ({
        weight: often,
        arbitrary: fc.constant(does as Act['does']),
      })),
    ),
    who: fc.nat({ max: 59 }),
    n: fc.nat({ max: 59 }),
  });
}

export const anAct = anActOf(COMMON);
export const anActWithEars = anActOf(ACTS);

/** Plays it all, and lets the world come to rest. @throws Wrong, with all that happened */
export async function play(world: World, acts: readonly Act[], ways: Ways): Promise<void> {
  try {
    await world.begin(ways);
    for (const { does, who, n } of acts) {
      world.ledger.step += 1;
      world.trace.push(`${world.ledger.step}. ${does} (${who}, ${n})`);
      const at = world.trace.length - 1;
      const told = await ACTS[does].play(world, who, n);
      world.trace[at] = `${world.trace[at] ?? ''} ${typeof told === 'string' ? told : ''}`;
    }
    await world.look();
    await world.explainAll();
    world.ledger.step += 1;
    world.trace.push('it comes to rest');
    // The owner goes on with it, or never looks again.
    await world.comeToRest(60, acts.length % 2 === 0 ? () => goOn(world) : undefined);
    await world.ears?.check(world);
    if (process.env['HISTORY_LOG']) process.stderr.write(`${world.trace.join('\n')}\n\n`);
  } catch (error) {
    const told =
      error instanceof Wrong ? error.message : String(error instanceof Error ? error.stack : error);
    throw new Wrong(`${told}\n${world.trace.join('\n')}`);
  }
}
