import fc from 'fast-check';
import { advanceOf, AHEAD_MS, enrolling, planningOf, stepDueAt, type Chosen } from './plan.js';
import { afterWorkingDays, DEFAULT_WINDOW, isInWindow, localDate } from './schedule.js';
import type { Decision } from './decide.js';

const NOW = new Date('2026-11-24T09:00:00Z');
const ground = { now: NOW, zone: 'Europe/Berlin', window: DEFAULT_WINDOW, seed: 'grace@example.com1' };
const FIRST = { kind: 'first', offsetDays: 1, spreadDays: 1 } as const;
const FOLLOW_UP = { kind: 'follow-up', offsetDays: 5, spreadDays: 0 } as const;
const BY_HAND = { kind: 'by-hand', offsetDays: 5, spreadDays: 0 } as const;

describe('when a step is due', () => {
  it('law 7: a first mail one to two working days after the event, in the window, the same hour everywhere', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...Intl.supportedValuesOf('timeZone')), (seed, zone) => {
        const ask = () =>
          stepDueAt({ ...ground, zone, seed, step: FIRST, eventEndsOn: '2026-11-20', lastSentAt: null });
        // The 23rd is a holiday in Japan, the 22nd a working day in Egypt.
        expect(['2026-11-22', '2026-11-23', '2026-11-24', '2026-11-25']).toContain(localDate(ask(), zone));
        expect(isInWindow(ask(), zone, DEFAULT_WINDOW)).toBe(true);
        expect(ask()).toEqual(ask());
      }),
      { numRuns: 300 },
    );
  });

  it('law 7: a follow-up counts from the real sending of the one before', () => {
    const lastSentAt = new Date('2026-12-02T10:00:00Z');
    const due = stepDueAt({ ...ground, step: FOLLOW_UP, eventEndsOn: '2026-11-20', lastSentAt });
    expect(localDate(due, ground.zone)).toBe('2026-12-09');
  });

  it('after a newer event it counts from that', () => {
    const lastSentAt = new Date('2026-06-02T10:00:00Z');
    const due = stepDueAt({ ...ground, step: FOLLOW_UP, eventEndsOn: '2026-11-20', lastSentAt });
    expect(localDate(due, ground.zone)).toBe('2026-11-27');
  });

  it('a word by hand is due when it is asked for', () => {
    expect(stepDueAt({ ...ground, step: BY_HAND, eventEndsOn: '2026-11-20', lastSentAt: null })).toEqual(NOW);
  });
});

describe('what becomes of an enrollment that is due', () => {
  const send: Decision = { kind: 'send' };
  const wait = (code: string): Decision => ({
    kind: 'wait',
    code,
    why: 'so',
    until: new Date('2026-11-26T09:00:00Z'),
  });
  const ask = (over: Partial<Parameters<typeof planningOf>[0]> = {}) =>
    planningOf({
      ...ground,
      purpose: 'first',
      decision: send,
      reasons: [],
      owedAnswers: 0,
      dueAt: NOW,
      ...over,
    });

  it('is planned when it may be sent, or withheld: composing says what is missing', () => {
    expect(ask()).toEqual({ kind: 'plan' });
    expect(ask({ decision: { kind: 'withhold', code: 'hardship', why: 'so' } })).toEqual({ kind: 'plan' });
  });

  it('is written ahead of its time, for the owner to read', () => {
    expect(ask({ decision: wait('not-due') })).toEqual({ kind: 'plan' });
    expect(ask({ decision: wait('window') })).toEqual({ kind: 'plan' });
  });

  it.each(['stopped', 'in-flight', 'paused', 'away', 'budget', 'owed', 'mailbox-paused'])(
    'waits: %s',
    (code) => {
      expect(ask({ decision: wait(code) })).toEqual({
        kind: 'look-again',
        at: new Date('2026-11-26T09:00:00Z'),
        why: 'so',
      });
    },
  );

  it('law 5: the word about the promise itself may be written while it is owed, never while an answer is', () => {
    const reasons = [{ support: 'promise' }];
    expect(ask({ decision: wait('owed'), reasons })).toEqual({ kind: 'plan' });
    expect(ask({ decision: wait('owed'), reasons, owedAnswers: 1 })).toMatchObject({ kind: 'look-again' });
  });

  it('law 2: a stop stops', () => {
    expect(ask({ decision: { kind: 'stop', code: 'reply', why: 'they answered' } })).toEqual({
      kind: 'stop',
      why: 'they answered',
    });
  });

  it('a follow-up needs something new, is patient for ten working days, and then lets go', () => {
    const dueAt = new Date('2026-11-10T09:00:00Z');
    const follow = { purpose: 'follow-up' as const, dueAt };
    expect(ask({ ...follow, reasons: [{ support: 'said' }] })).toEqual({ kind: 'plan' });
    const end = afterWorkingDays({ ...ground, from: '2026-11-10', days: 10, spread: 0 });
    expect(ask({ ...follow, now: new Date(end.getTime() - 1) })).toMatchObject({ kind: 'look-again' });
    expect(ask({ ...follow, now: end })).toEqual({ kind: 'done', why: 'nothing new to say' });
  });

  it('property: whatever is asked, the next look is later than now', () => {
    const instant = fc.date({
      min: new Date('2026-01-01'),
      max: new Date('2027-12-31'),
      noInvalidDate: true,
    });
    const decision = fc.oneof(
      fc.constant(send),
      fc.record({
        kind: fc.constant('wait' as const),
        code: fc.constantFrom('budget', 'not-due', 'away'),
        why: fc.string(),
        until: instant,
      }),
    );
    fc.assert(
      fc.property(
        decision,
        instant,
        instant,
        fc.constantFrom('first', 'follow-up', 'by-hand'),
        (decided, now, dueAt, purpose) => {
          const planning = ask({ decision: decided, now, dueAt, purpose });
          if (planning.kind === 'look-again') expect(planning.at > now).toBe(true);
        },
      ),
    );
  });
});

describe('how a final message moves its enrollment on', () => {
  const sentAt = new Date('2026-11-24T10:00:00Z');
  const sent = { state: 'sent' as const, sentAt, why: null, whyCode: null };
  const ask = (over: Partial<Parameters<typeof advanceOf>[0]> = {}) =>
    advanceOf({ ...ground, message: sent, nextStep: FOLLOW_UP, eventEndsOn: '2026-11-20', ...over });

  it('to the next step, looked at a day before it is due', () => {
    const due = stepDueAt({ ...ground, step: FOLLOW_UP, eventEndsOn: '2026-11-20', lastSentAt: sentAt });
    expect(ask()).toEqual({ kind: 'next', nextAt: new Date(due.getTime() - AHEAD_MS) });
  });

  it('into the hand of the owner, or to its end', () => {
    expect(ask({ nextStep: BY_HAND })).toEqual({ kind: 'by-hand' });
    expect(ask({ nextStep: null })).toMatchObject({ kind: 'done' });
    expect(ask({ message: { ...sent, state: 'failed', why: 'no such mailbox' } })).toEqual({
      kind: 'stopped',
      why: 'no such mailbox',
    });
    const cancelled = { ...sent, state: 'cancelled' as const, why: 'the day has passed' };
    expect(ask({ message: cancelled })).toEqual({ kind: 'stopped', why: 'the day has passed' });
    expect(ask({ message: { ...cancelled, whyCode: 'discarded' } })).toMatchObject({ kind: 'done' });
  });
});

describe('whom the debrief chose', () => {
  const ask = (over: Partial<Chosen> = {}) =>
    enrolling({
      hidden: false,
      doNotContact: false,
      refused: null,
      enrollment: null,
      nextStep: { kind: 'first' },
      ...over,
    });

  it('is enrolled once, and continued after that', () => {
    expect(ask()).toMatchObject({ kind: 'enroll', outcome: 'enrolled', state: 'active' });
    expect(ask({ enrollment: { state: 'active' } })).toEqual({ kind: 'move', outcome: 'continued' });
    expect(ask({ enrollment: { state: 'done' }, nextStep: { kind: 'follow-up' } })).toMatchObject({
      kind: 'restart',
      state: 'active',
    });
  });

  it('is left to the hand of the owner when only that is left', () => {
    const outcome = 'already written to; the next word is by your hand';
    expect(ask({ enrollment: { state: 'paused' } })).toEqual({ kind: 'move', outcome });
    expect(ask({ enrollment: { state: 'stopped' }, nextStep: { kind: 'by-hand' } })).toMatchObject({
      kind: 'restart',
      outcome,
      state: 'paused',
    });
    expect(ask({ enrollment: { state: 'done' }, nextStep: null })).toMatchObject({ kind: 'refuse' });
  });

  it.each([
    [{ hidden: true }, 'undone'],
    [{ doNotContact: true }, 'do not contact'],
    [{ refused: 'opt-out' as const }, 'asked to stop'],
    [{ refused: 'complaint' as const }, 'complained'],
    [{ refused: 'bounce' as const }, 'bounced'],
    [{ refused: 'suppressed' as const }, 'nothing may be sent'],
  ])('law 2: %j stays unwritten to', (over, why) => {
    for (const enrollment of [null, { state: 'stopped' as const }, { state: 'done' as const }]) {
      expect(ask({ ...over, enrollment })).toEqual({ kind: 'refuse', outcome: expect.stringContaining(why) });
    }
  });
});
