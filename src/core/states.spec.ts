import fc from 'fast-check';
import {
  enrollmentMoves,
  enrollmentStates,
  messageMoves,
  messageStates,
  messageTurn,
  statesBefore,
  type MessageState,
} from './states.js';

const FINAL = ['sent', 'failed', 'cancelled'];
const isFinal = (state: MessageState): boolean => FINAL.includes(state);

describe('the states of a message', () => {
  it('every state but the final ones has an exit, and the final ones have none', () => {
    for (const state of messageStates) {
      expect([state, messageMoves[state].length > 0]).toEqual([state, !isFinal(state)]);
    }
  });

  it('every state that is not final has one writer, and moves only to states there are, never to itself', () => {
    for (const state of messageStates) {
      expect([state, messageTurn[state] === null]).toEqual([state, isFinal(state)]);
      for (const to of messageMoves[state]) expect(messageStates).toContain(to);
      expect(messageMoves[state]).not.toContain(state);
    }
  });

  it('every state can be reached from planned', () => {
    const reached = new Set<MessageState>(['planned']);
    for (const state of reached) for (const to of messageMoves[state]) reached.add(to);
    expect([...reached].sort()).toEqual([...messageStates].sort());
  });

  it('an end can be reached from everywhere', () => {
    for (const from of messageStates) {
      const reached = new Set<MessageState>([from]);
      for (const state of reached) for (const to of messageMoves[state]) reached.add(to);
      expect([...reached].some(isFinal)).toBe(true);
    }
  });

  it('statesBefore names exactly the states of that room which may move there', () => {
    for (const room of ['composing', 'delivery'] as const) {
      for (const to of messageStates) {
        const before = statesBefore(to, room);
        for (const from of messageStates) {
          expect(before.includes(from)).toBe(messageTurn[from] === room && messageMoves[from].includes(to));
        }
      }
    }
  });

  it('law 1: no walk sends twice, and only a claimed message is ever being sent', () => {
    const steps = fc.array(fc.nat({ max: 100 }), { maxLength: 60 });
    fc.assert(
      fc.property(steps, (choices) => {
        let state: MessageState = 'planned';
        const walk: MessageState[] = [state];
        for (const choice of choices) {
          const open: readonly MessageState[] = messageMoves[state];
          const to = open[choice % Math.max(open.length, 1)];
          if (to === undefined) break;
          if (to === 'sending') expect(state).toBe('claimed');
          if (to === 'claimed') expect(state).toBe('approved');
          state = to;
          walk.push(state);
        }
        expect(walk.filter((one) => one === 'sent').length).toBeLessThanOrEqual(1);
        expect(walk.slice(0, -1).some(isFinal)).toBe(false);
      }),
    );
  });

  it('law 1: a send whose end is unknown is not tried again by itself: it first goes back through approved', () => {
    expect(messageMoves.unknown).not.toContain('claimed');
    expect(messageMoves.unknown).not.toContain('sending');
    expect(statesBefore('sending', 'delivery')).toEqual(['claimed']);
  });
});

describe('the states of an enrollment', () => {
  it('each has an exit to states there are, and an ended one starts again only as active', () => {
    for (const state of enrollmentStates) {
      expect(enrollmentMoves[state].length).toBeGreaterThan(0);
      for (const to of enrollmentMoves[state]) expect(enrollmentStates).toContain(to);
    }
    expect(enrollmentMoves.done).toEqual(['active']);
    expect(enrollmentMoves.stopped).toEqual(['active']);
  });
});
