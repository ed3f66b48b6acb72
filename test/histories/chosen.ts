import type { Side, Standing, World } from './world.js';

/** What `who` and `n` choose, each act says for itself; what it answers stands in the history. */
export type Play = (world: World, who: number, n: number) => Promise<unknown>;

/** The moves, each with how often it comes. */
export type Moves = Record<string, { often: number; play: Play }>;

export interface Chosen {
  side: Side;
  contactId: string;
  emails: readonly string[];
}

/** Somebody of all the people of both owners; undefined: they are gone. */
function somebody({ sides, ledger }: World, who: number): Chosen | undefined {
  const all = sides.flatMap((side) => side.contacts.map((contactId) => ({ side, contactId })));
  const chosen = all[who % all.length];
  const person = chosen && ledger.personOf(chosen.contactId);
  return chosen && person && !person.hidden ? { ...chosen, emails: person.emails } : undefined;
}

export const forSomebody =
  (act: (world: World, one: Chosen, n: number) => Promise<unknown>): Play =>
  async (world, who, n) => {
    const one = somebody(world, who);
    const told = one && (await act(world, one, n));
    return one ? [...one.emails, typeof told === 'string' ? told : ''].join(' ') : 'nobody';
  };

/** The nth of those rows of the line, with its owner. */
export function nth(
  world: World,
  n: number,
  wanted: (one: Standing) => boolean,
): (Standing & { side: Side }) | undefined {
  const all = [...world.line.values()].filter(wanted);
  const one = all[n % Math.max(1, all.length)];
  const side = world.sides.find(({ ownerId }) => ownerId === one?.ownerId);
  return one && side && { ...one, side };
}
