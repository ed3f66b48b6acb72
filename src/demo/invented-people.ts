import { isoWeekday, localDate, seededFraction } from '../core/schedule.js';

/**
 * The invented people of the demo. What each does with a mail is drawn from their address and the step alone, so it is
 * the same on every machine and in whatever order mails arrive.
 */
export type Reaction =
  | { kind: 'silence' }
  /** `hours` after the mail came. */
  | { kind: 'answer'; hours: number; by: 'self' | 'assistant' }
  /** Comes at once; `backInDays` is stated in it. `answer` is set where they write after their return. */
  | { kind: 'away'; hours: number; backInDays: number; answer: { hours: number } | null }
  /** Their server takes the mail and reports later that it could not be delivered. */
  | { kind: 'bounce'; hours: number; severity: 'hard' | 'soft' }
  | { kind: 'opt-out'; hours: number };

/** What their server says in the SMTP conversation itself. */
export type Doorkeeper = 'takes' | 'no-such-user' | 'later';

export interface Letter {
  /** Canonical address. */
  address: string;
  /** The name they are greeted by: an office address is read by several people. */
  greeted: string;
  step: 'first' | 'follow-up' | 'birthday';
}

/** Shares of all first mails; whoever is none of these says nothing. Follow-ups are answered a little less. */
const SHARES: Record<Letter['step'], readonly (readonly [Reaction['kind'] | 'assistant', number])[]> = {
  first: [
    ['answer', 0.26],
    ['assistant', 0.05],
    ['away', 0.1],
    ['bounce', 0.06],
    ['opt-out', 0.03],
  ],
  birthday: [['answer', 0.7]],
  'follow-up': [
    ['answer', 0.24],
    ['away', 0.05],
    ['opt-out', 0.04],
  ],
};

export function reactionTo(letter: Letter): Reaction {
  const seed = seedOf(letter);
  let left = seededFraction(`${seed} reaction`);
  const drawn = SHARES[letter.step].find(([, share]) => (left -= share) < 0)?.[0] ?? 'silence';
  const hours = hoursUntil(seed);
  switch (drawn) {
    case 'silence':
      return { kind: 'silence' };
    case 'answer':
      return { kind: 'answer', hours, by: 'self' };
    case 'assistant':
      return { kind: 'answer', hours, by: 'assistant' };
    case 'away': {
      const backInDays = 3 + Math.floor(seededFraction(`${seed} back`) * 6);
      const writes = seededFraction(`${seed} after`) < 0.5;
      return {
        kind: 'away',
        hours: 0.02,
        backInDays,
        answer: writes ? { hours: backInDays * 24 + hours } : null,
      };
    }
    case 'bounce':
      return {
        kind: 'bounce',
        hours: 0.1,
        severity: seededFraction(`${seed} bounce`) < 0.7 ? 'hard' : 'soft',
      };
    case 'opt-out':
      return { kind: 'opt-out', hours };
  }
}

/** Most answers come within a day, some after days. */
function hoursUntil(seed: string): number {
  const drawn = seededFraction(`${seed} hours`);
  return 0.5 + 70 * drawn ** 3;
}

/** One address in forty does not exist at all, one in thirteen is asked to come again. */
export function doorkeeper(address: string): Doorkeeper {
  const drawn = seededFraction(`${address} door`);
  if (drawn < 0.025) return 'no-such-user';
  return drawn < 0.1 ? 'later' : 'takes';
}

/** People write when they are awake: never between 21:00 and 07:00 of their zone, and less on Sundays. */
export function awakeAt(wanted: Date, zone: string): Date {
  let at = wanted;
  for (let hour = 0; hour < 48; hour++) {
    const local = Number(
      new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone: zone }).format(at),
    );
    const sunday = isoWeekday(localDate(at, zone)) === 7;
    if (local >= 7 && local < 21 && !sunday) return at;
    at = new Date(at.getTime() + 3_600_000);
  }
  return at;
}

/** Whether somebody who was spoken to by hand (a task) answers, and after how many hours. */
export function answersByHand(fullName: string): { hours: number } | null {
  const seed = `${fullName} by hand`;
  return seededFraction(`${seed} reaction`) < 0.45 ? { hours: hoursUntil(seed) } : null;
}

export function seedOf({ address, greeted, step }: Letter): string {
  return `${address} ${greeted} ${step}`;
}
