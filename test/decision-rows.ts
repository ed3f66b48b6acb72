import type { DecisionRows } from '../src/core/decide.js';
import { DEFAULT_WINDOW } from '../src/core/schedule.js';

export type DecisionOver = Partial<Omit<DecisionRows, 'contact' | 'message'>> & {
  contact?: Partial<DecisionRows['contact']>;
  message?: Partial<DecisionRows['message']>;
};

/** What a decision is made from where nothing speaks against sending: an approved first mail to somebody in Berlin. */
export function decisionRows({ contact, message, ...over }: DecisionOver = {}): DecisionRows {
  return {
    owner: { stoppedAt: null, awayUntil: null },
    contact: {
      zone: 'Europe/Berlin',
      hiddenAt: null,
      doNotContactAt: null,
      pausedUntil: null,
      noCongratulations: false,
      consent: null,
      hardship: false,
      ...contact,
    },
    message: {
      purpose: 'first',
      channel: 'mail',
      dueAt: new Date('2026-11-24T08:00:00Z'),
      validUntil: null,
      occursOn: null,
      approvedBy: 'owner',
      trustEnded: false,
      aboutPromise: false,
      greetedBefore: false,
      writtenByHand: false,
      saidBefore: false,
      offDay: false,
      eventWords: null,
      reasonGone: false,
      ...message,
    },
    window: DEFAULT_WINDOW,
    mailbox: { state: 'active', pausedUntil: null, listens: false, readThroughAt: null },
    suppressed: [],
    enrollment: { state: 'active', why: null },
    heard: [],
    awayUntil: null,
    owed: { promises: 0, answers: 0, overdue: 0 },
    left: false,
    inFlight: 0,
    touches: [],
    ...over,
  };
}
