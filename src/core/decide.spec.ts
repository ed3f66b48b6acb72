import fc from 'fast-check';
import { decisionRows, type DecisionOver } from '../../test/decision-rows.js';
import { BUDGET, budgetFreeAt, decide, type DecisionRows, type Purpose } from './decide.js';
import { EVERY_DAY_WINDOW, isInWindow } from './schedule.js';

/** Tuesday, 10:00 in Berlin. */
const NOW = new Date('2026-11-24T09:00:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const at = (ms: number): Date => new Date(NOW.getTime() + ms);

function verdict(over: DecisionOver): string {
  const decision = decide(decisionRows(over), NOW);
  return decision.kind === 'send' ? 'send' : `${decision.kind} ${decision.code}`;
}

const STOPS: [string, DecisionOver][] = [
  ['stop undone', { contact: { hiddenAt: NOW } }],
  ['stop do-not-contact', { contact: { doNotContactAt: NOW } }],
  ['stop no-consent', { contact: { consent: false } }],
  ['stop suppressed', { suppressed: ['everything'] }],
  ['stop suppressed', { suppressed: ['automatic'] }],
  ['stop reply', { heard: [{ kind: 'reply', at: NOW }] }],
  ['stop opt-out', { heard: [{ kind: 'opt-out', at: NOW }] }],
  ['stop written', { message: { writtenByHand: true } }],
  ['stop bounce', { heard: [{ kind: 'bounce', at: NOW }] }],
  ['stop left', { left: true }],
  ['stop complaint', { heard: [{ kind: 'complaint', at: NOW }] }],
  ['stop enrollment-ended', { enrollment: { state: 'stopped', why: null } }],
  ['stop enrollment-ended', { enrollment: { state: 'paused', why: null } }],
  ['stop enrollment-ended', { enrollment: { state: 'done', why: null } }],
];

const WAITS: [string, DecisionOver][] = [
  ['wait stopped', { owner: { stoppedAt: NOW, awayUntil: null } }],
  ['wait owner-away', { owner: { stoppedAt: null, awayUntil: at(DAY) } }],
  ['wait in-flight', { inFlight: 1 }],
  ['wait paused', { contact: { pausedUntil: at(DAY) } }],
  ['wait away', { awayUntil: at(DAY) }],
  ['wait owed', { owed: { promises: 1, answers: 0, overdue: 0 } }],
  ['wait owed', { owed: { promises: 0, answers: 1, overdue: 0 } }],
  ['wait debts', { owed: { promises: 0, answers: 0, overdue: 5 } }],
  ['wait not-due', { message: { dueAt: at(HOUR) } }],
  [
    'wait mailbox-paused',
    { mailbox: { state: 'paused', pausedUntil: at(HOUR), listens: false, readThroughAt: null } },
  ],
  ['wait budget', { touches: [at(-DAY)] }],
  ['wait budget', { suppressed: ['often'], touches: [at(-20 * DAY)] }],
  ['wait window', { window: { from: '18:00', to: '19:00', weekdays: [2] } }],
];

describe('decide', () => {
  it('lets congratulations and what the owner does by hand go while the owner is away', () => {
    const owner = { stoppedAt: null, awayUntil: at(DAY) };
    expect(verdict({ owner, message: { purpose: 'by-hand' } })).toBe('send');
    expect(verdict({ owner, message: { purpose: 'first' } })).toBe('wait owner-away');
  });

  it('sends when nothing is in the way', () => {
    expect(verdict({})).toBe('send');
  });

  it.each(STOPS)('law 2, stop means stop: %s', (expected, over) => {
    expect(verdict(over)).toBe(expected);
  });

  it.each(WAITS)('waits: %s', (expected, over) => {
    expect(verdict(over)).toBe(expected);
    const decision = decide(decisionRows(over), NOW);
    expect(decision.kind === 'wait' && decision.until > NOW).toBe(true);
  });

  it.each(STOPS)('law 2: %s comes before every wait and withhold', (expected, over) => {
    for (const [, wait] of WAITS) {
      expect(
        verdict({ ...wait, ...over, contact: { ...wait.contact, ...over.contact, hardship: true } }),
      ).toBe(expected);
    }
  });

  it('law 2: what the owner writes by hand passes over "nothing automatic", never over "nothing"', () => {
    expect(verdict({ message: { purpose: 'by-hand' }, suppressed: ['automatic'] })).toBe('send');
    expect(verdict({ message: { purpose: 'by-hand' }, suppressed: ['everything'] })).toBe('stop suppressed');
    expect(verdict({ message: { purpose: 'by-hand' }, heard: [{ kind: 'reply', at: NOW }] })).toBe(
      'stop reply',
    );
  });

  it('asks the owner who has let a sequence go by itself, and does no longer', () => {
    const message = { approvedBy: 'sequence' as const, trustEnded: true };
    expect(verdict({ message })).toBe('withhold trust-ended');
    expect(verdict({ message: { ...message, dueAt: at(HOUR) } })).toBe('withhold trust-ended');
    expect(verdict({ message, heard: [{ kind: 'reply', at: NOW }] })).toBe('stop reply');
  });

  it('law 2: a mailbox without ears follows up only on the yes of the owner', () => {
    const message = { purpose: 'follow-up' as const };
    expect(verdict({ message: { ...message, approvedBy: 'sequence' } })).toBe('withhold cannot-listen');
    expect(verdict({ message: { ...message, approvedBy: 'owner' } })).toBe('send');
  });

  it('law 2: a mailbox with ears follows up only when it has heard everything in the last ten minutes', () => {
    const heardUntil = (ms: number | null): DecisionOver => ({
      message: { purpose: 'follow-up' },
      mailbox: {
        state: 'active',
        pausedUntil: null,
        listens: true,
        readThroughAt: ms === null ? null : at(ms),
      },
    });
    expect(verdict(heardUntil(-10 * 60_000))).toBe('send');
    expect(verdict(heardUntil(-10 * 60_000 - 1))).toBe('wait not-heard');
    // Never read yet: its ears open within the minute.
    expect(verdict(heardUntil(null))).toBe('wait not-heard');
    // The clock went back an hour since; another machine's may be a moment ahead.
    expect(verdict(heardUntil(HOUR))).toBe('wait not-heard');
    expect(verdict(heardUntil(60_000))).toBe('send');
  });

  it('law 5: what is owed comes before a nudge, save the word about that promise', () => {
    const owed = { promises: 1, answers: 0, overdue: 0 };
    expect(verdict({ owed, message: { purpose: 'follow-up' } })).toBe('wait owed');
    expect(verdict({ owed, message: { aboutPromise: true } })).toBe('send');
    expect(verdict({ owed: { promises: 1, answers: 1, overdue: 0 }, message: { aboutPromise: true } })).toBe(
      'wait owed',
    );
    for (const purpose of ['by-hand', 'birthday'] as const) {
      expect(verdict({ owed, message: { purpose } })).toBe('send');
    }
  });

  it('a hardship silences nudges and celebrations, and leaves the word by hand', () => {
    const contact = { hardship: true };
    for (const purpose of ['first', 'follow-up', 'birthday', 'birthday-reminder'] as const) {
      expect(verdict({ contact, message: { purpose } })).toBe('withhold hardship');
    }
    expect(verdict({ contact, message: { purpose: 'by-hand' } })).toBe('send');
  });

  it('words that became false are not sent', () => {
    expect(verdict({ message: { validUntil: NOW } })).toBe('withhold stale-words');
    expect(verdict({ message: { validUntil: at(1) } })).toBe('send');
  });

  it('congratulations: not for who wants none, not on another day, and on a Sunday too', () => {
    const sunday = new Date('2026-11-29T10:00:00Z');
    const message = { purpose: 'birthday' as const, occursOn: '2026-11-29', dueAt: sunday };
    const rows = (over: DecisionOver): DecisionRows =>
      decisionRows({
        enrollment: null,
        window: EVERY_DAY_WINDOW,
        ...over,
        message: { ...message, ...over.message },
      });
    expect(decide(rows({}), sunday)).toEqual({ kind: 'send' });
    expect(decide(rows({}), new Date('2026-11-30T00:00:00Z'))).toMatchObject({
      kind: 'stop',
      code: 'lapsed',
    });
    expect(decide(rows({ contact: { noCongratulations: true } }), sunday)).toMatchObject({
      code: 'no-congratulations',
    });
    expect(decide(rows({ suppressed: ['congratulations'] }), sunday)).toMatchObject({
      code: 'no-congratulations',
    });
    expect(verdict({ suppressed: ['congratulations'] })).toBe('send');
  });

  it('law 6: one word in 2 days, three in 14', () => {
    expect(budgetFreeAt([], NOW)).toEqual(NOW);
    expect(budgetFreeAt([at(-2 * DAY)], NOW)).toEqual(NOW);
    expect(budgetFreeAt([at(-2 * DAY + 1)], NOW)).toEqual(at(1));
    expect(budgetFreeAt([at(-3 * DAY), at(-13 * DAY), at(-6 * DAY)], NOW)).toEqual(at(DAY));
  });

  it('law 6, property: sending whenever the budget allows never breaks it', () => {
    const wishes = fc.array(fc.integer({ min: 0, max: 60 * 24 }), { maxLength: 60 });
    fc.assert(
      fc.property(wishes, (hours) => {
        const sent: Date[] = [];
        for (const hour of hours.sort((a, b) => a - b)) {
          const now = at(hour * HOUR);
          if (budgetFreeAt(sent, now) <= now) sent.push(now);
        }
        for (const { messages, days } of BUDGET) {
          for (const first of sent) {
            const within = sent.filter((one) => one >= first && one.getTime() < first.getTime() + days * DAY);
            expect(within.length).toBeLessThanOrEqual(messages);
          }
        }
      }),
    );
  });

  it('property: it never sends while a stop holds, before it is due, outside the window or over budget; and never waits for the past', () => {
    const maybe = (p: number): fc.Arbitrary<boolean> => fc.nat({ max: 99 }).map((n) => n < p * 100);
    const instant = fc.integer({ min: -20 * DAY, max: 20 * DAY }).map(at);
    const purposes: Purpose[] = ['first', 'follow-up', 'by-hand', 'birthday', 'birthday-reminder'];
    // Often none: else hardly anything would be sent.
    const few = <T>(of: readonly T[]): fc.Arbitrary<T[]> =>
      fc.oneof(fc.constant<T[]>([]), fc.array(fc.constantFrom(...of), { maxLength: 2 }));
    const arbitrary = fc.record({
      stops: few(STOPS),
      waits: few(WAITS),
      purpose: fc.constantFrom(...purposes),
      zone: fc.constantFrom(
        'Europe/Berlin',
        'Pacific/Apia',
        'America/New_York',
        'Asia/Kathmandu',
        'Australia/Lord_Howe',
      ),
      due: instant,
      now: instant,
      touches: fc.array(instant, { maxLength: 4 }),
      listens: maybe(0.3),
    });
    let sent = 0;
    fc.assert(
      fc.property(arbitrary, ({ stops, waits, purpose, zone, due, now, touches, listens }) => {
        const over: DecisionOver = {};
        for (const [, one] of [...waits, ...stops]) {
          Object.assign(over, {
            ...one,
            contact: { ...over.contact, ...one.contact },
            message: { ...over.message, ...one.message },
          });
        }
        const past = touches.filter((touch) => touch <= now);
        const rows = decisionRows({
          ...over,
          contact: { ...over.contact, zone },
          message: { ...over.message, purpose, dueAt: due },
          touches: past,
          mailbox: over.mailbox ?? {
            state: 'active',
            pausedUntil: null,
            listens,
            readThroughAt: listens ? now : null,
          },
        });
        const decision = decide(rows, now);
        if (decision.kind === 'wait') expect(decision.until > now).toBe(true);
        if (decision.kind === 'send') {
          sent += 1;
          expect(due <= now && isInWindow(now, zone, rows.window) && budgetFreeAt(past, now) <= now).toBe(
            true,
          );
          expect(stops.filter(([code]) => purpose !== 'by-hand' || !/suppressed|left/.test(code))).toEqual(
            [],
          );
          expect(rows.suppressed).not.toContain('everything');
        }
      }),
      { numRuns: 2000 },
    );
    expect(sent).toBeGreaterThan(50);
  });
});
