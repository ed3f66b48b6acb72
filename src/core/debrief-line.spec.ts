import fc from 'fast-check';
import { parseDebriefLine, parseDebriefLines, type DebriefLine } from './debrief-line.js';

const reasonOf = (line: DebriefLine | undefined) => (line?.kind === 'refused' ? line.reason : 'not refused');

describe('the one line of what was said', () => {
  it.each([
    ['the team moves to event sourcing.', 'said', 'the team moves to event sourcing'],
    ['Said: Rust: a love story', 'said', 'Rust: a love story'],
    ['said:no blank is needed', 'said', 'no blank is needed'],
    ['see https://example.org/talk for more', 'said', 'see https://example.org/talk for more'],
    ['ASKED: how do you test migrations?', 'asked', 'how do you test migrations'],
    ['interest: small databases', 'interest', 'small databases'],
    ['thanks: for the coffee', 'gratitude', 'the coffee'],
    ['thanks for: the introduction to Mira', 'gratitude', 'the introduction to Mira'],
    ['Thank you for : the seat', 'gratitude', 'the seat'],
    ['shared: we both sing in a choir', 'shared', 'we both sing in a choir'],
    ['strength: explaining hard things calmly', 'strength', 'explaining hard things calmly'],
    ['news: the move to Porto!', 'news', 'the move to Porto'],
    ['hardship: the layoffs in March', 'hardship', 'the layoffs in March'],
  ])('%s', (line, fact, text) => {
    expect(parseDebriefLine(line)).toEqual({ kind: 'fact', fact, text });
  });

  it.each([
    ['promise: send the slides', 'send the slides', null],
    ['promised: to send the slides by 2026-12-04.', 'send the slides', '2026-12-04'],
    ['Promise: stand by Mira by 2028-02-29', 'stand by Mira', '2028-02-29'],
    ['promise: stand by 2026 colleagues', 'stand by 2026 colleagues', null],
  ])('%s', (line, text, dueOn) => {
    expect(parseDebriefLine(line)).toEqual({ kind: 'promise', text, dueOn });
  });

  it.each([
    ['', 'no words'],
    ['said:   ', 'no words'],
    ['asked: ??', 'no words'],
    ['ok', 'too short'],
    ['x'.repeat(301), '300'],
    ['said: {{ owner.name }}', 'templates'],
    ['said: {% include "x" %}', 'templates'],
    ['said: one\nasked: two', 'one line'],
    ['said: one\u2028two', 'one line'],
    ['intrest: databases', '"intrest:" is none of'],
    ['asked about prices', 'with a colon'],
    ['I promised to send slides', 'with a colon'],
    ['promise: send it by 2026-02-30', '"2026-02-30" is not a date'],
    ['promise: send it by 2026-2-3', '"2026-2-3" is not a date'],
  ])('refuses %j', (line, reason) => {
    expect(reasonOf(parseDebriefLine(line))).toContain(reason);
  });

  it('takes out what neither Postgres nor a mail can hold', () => {
    expect(parseDebriefLine('said: a\0b\ud800c\u0007 d')).toEqual({
      kind: 'fact',
      fact: 'said',
      text: 'abc d',
    });
  });

  it('reads several lines separated by bars, and leaves a bar inside a word alone', () => {
    expect(parseDebriefLines('likes a|b tests | promise: send it | thanks for: tea | ')).toEqual([
      { kind: 'fact', fact: 'said', text: 'likes a|b tests' },
      { kind: 'promise', text: 'send it', dueOn: null },
      { kind: 'fact', fact: 'gratitude', text: 'tea' },
    ]);
    expect(parseDebriefLines(' | ').map(reasonOf)).toEqual(['there are no words in it']);
  });

  it('whatever is typed: words come out whole on one line, within bounds, without commands, or a reason does', () => {
    const prefix = fc.constantFrom('', 'said: ', 'promise: ', 'thanks: ', 'x: ', 'asked:');
    fc.assert(
      fc.property(prefix, fc.string({ unit: 'binary', maxLength: 400 }), (before, typed) => {
        for (const line of parseDebriefLines(before + typed)) {
          if (line.kind === 'refused') expect(line.reason).not.toBe('');
          else {
            const length = Array.from(line.text).length;
            expect(length >= 3 && length <= 300).toBe(true);
            // eslint-disable-next-line no-control-regex
            expect(line.text).not.toMatch(/[\u0000-\u001f\u2028\u2029]|\{\{|\{%|[.!?…]$|^\s|\s$/u);
          }
        }
      }),
    );
  });

  it('a fact read from its own words is the same fact', () => {
    const words = fc.stringMatching(/^[a-z]{4,10}( [a-z]{1,8}){1,8}$/);
    const prefix = fc.constantFrom('said', 'asked', 'interest', 'shared', 'strength', 'news', 'hardship');
    fc.assert(
      fc.property(prefix, words, (fact, text) => {
        expect(parseDebriefLine(`${fact}: ${text}.`)).toEqual({ kind: 'fact', fact, text });
      }),
    );
  });
});
