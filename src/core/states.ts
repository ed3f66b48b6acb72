/** The transition tables of message and enrollment, as data: who may move what where. */

export const messageStates = [
  'planned',
  'needs_review',
  'withheld',
  'approved',
  'claimed',
  'sending',
  'unknown',
  'sent',
  'failed',
  'cancelled',
] as const;
export type MessageState = (typeof messageStates)[number];

/** The rooms that may write the line. The owner's decisions go through the room whose turn it is. */
export type Room = 'planner' | 'composing' | 'delivery';

/** Whose turn a message is in each state; `null` is final. */
export const messageTurn: Record<MessageState, Exclude<Room, 'planner'> | null> = {
  planned: 'composing',
  needs_review: 'composing',
  withheld: 'composing',
  approved: 'delivery',
  claimed: 'delivery',
  sending: 'delivery',
  unknown: 'delivery',
  sent: null,
  failed: null,
  cancelled: null,
};

/**
 * Where a message may go from each state. `needs_review -> sent` is a task the owner has done by hand; `approved -> sent`
 * a server's 250 that comes after the owner said of an unknown message that it had not gone out.
 */
export const messageMoves: Record<MessageState, readonly MessageState[]> = {
  planned: ['needs_review', 'withheld', 'approved', 'cancelled'],
  needs_review: ['approved', 'planned', 'withheld', 'cancelled', 'sent'],
  withheld: ['planned', 'needs_review', 'cancelled'],
  approved: ['claimed', 'planned', 'cancelled', 'sent'],
  claimed: ['sending', 'approved', 'planned', 'failed', 'cancelled'],
  sending: ['sent', 'approved', 'failed', 'unknown'],
  unknown: ['sent', 'approved', 'cancelled'],
  sent: [],
  failed: [],
  cancelled: [],
};

export const enrollmentStates = ['active', 'paused', 'done', 'stopped'] as const;
export type EnrollmentState = (typeof enrollmentStates)[number];

/** A second event or the owner's hand may take a stopped or done enrollment up again; nothing else does. */
export const enrollmentMoves: Record<EnrollmentState, readonly EnrollmentState[]> = {
  active: ['paused', 'done', 'stopped'],
  paused: ['active', 'done', 'stopped'],
  done: ['active'],
  stopped: ['active'],
};

/** The states from which a message may go to `to`: what an UPDATE's WHERE must hold. */
export function statesBefore(to: MessageState, room: Exclude<Room, 'planner'>): MessageState[] {
  return messageStates.filter((from) => messageTurn[from] === room && messageMoves[from].includes(to));
}
