import fc from 'fast-check';
import {
  chooseReasons,
  compose,
  templateProblem,
  type ComposeInput,
  type Reason,
  type TemplateParagraph,
} from './compose.js';

const said: Reason = {
  kind: 'fact',
  id: 'f1',
  support: 'said',
  words: 'tests are documentation',
  occurrence: '',
};
const promise: Reason = {
  kind: 'promise',
  id: 'p1',
  support: 'promise',
  words: 'send you the slides',
  occurrence: '',
  extra: { by: 'Friday 4 December' },
  until: new Date('2026-12-05T00:00:00Z'),
};

const PARAGRAPHS: TemplateParagraph[] = [
  { id: 'greeting', needs: [], text: 'Hi {{ contact.given }},' },
  { id: 'met', needs: ['met'], text: 'It was good to meet you at {{ event.name }}.' },
  { id: 'promise', needs: ['promise'], text: 'I promised to {{ promise.text }} by {{ promise.by }}.' },
  { id: 'said', needs: ['said'], text: 'You told me: {{ said.text }}.' },
  { id: 'end', needs: [], text: 'Best wishes,\n{{ owner.name }}' },
];

function input(over: Partial<ComposeInput> = {}): ComposeInput {
  return {
    template: { id: 't1', language: 'en', subject: 'After {{ event.name }}', paragraphs: PARAGRAPHS },
    owner: { id: 'o1', name: 'Ada Lindqvist' },
    contact: { id: 'c1', given: 'Grace', full: 'Grace Okafor', company: null },
    event: { id: 'e1', name: 'DevConf', when: null },
    encounter: { id: 'n1', kind: 'met', again: false },
    reasons: [said],
    channel: 'mail',
    ...over,
  };
}

function withParagraph(text: string, needs: TemplateParagraph['needs'] = ['said']): ComposeInput {
  return input({
    template: { id: 't1', language: 'en', subject: 'Hello', paragraphs: [{ id: 'only', needs, text }] },
  });
}

function draft(from: ComposeInput) {
  const made = compose(from);
  if (made.kind !== 'draft') throw new Error(JSON.stringify(made));
  return made;
}

describe('compose', () => {
  it('law 10: every paragraph knows what it was written from', () => {
    const sources = draft(input({ reasons: [said, promise] })).paragraphs.map(({ id, sources: from }) => [
      id,
      from
        .filter(({ kind }) => kind !== 'template')
        .map(({ kind, id: of, words }) => `${kind} ${of}: ${words}`),
    ]);
    expect(sources).toEqual([
      ['greeting', ['contact c1: Grace']],
      ['met', ['event e1: DevConf', 'encounter n1: met']],
      ['promise', ['promise p1: send you the slides', 'promise p1: Friday 4 December']],
      ['said', ['fact f1: tests are documentation']],
      ['end', ['owner o1: Ada Lindqvist']],
      ['way-out', []],
    ]);
    for (const { sources: from } of draft(input()).paragraphs) {
      expect(from.filter(({ kind }) => kind === 'template')).toHaveLength(1);
    }
  });

  it('law 4, property: all words of a paragraph are its template or one of its sources', () => {
    const words = fc.stringMatching(/^[\p{L}\p{N}{}%|.,:' -]{3,40}$/u).filter((text) => text.trim() !== '');
    fc.assert(
      fc.property(words, words, (given, told) => {
        const made = draft(
          input({
            contact: { id: 'c1', given, full: given, company: null },
            reasons: [{ ...said, words: told }],
          }),
        );
        for (const paragraph of made.paragraphs) {
          let rest = paragraph.sources.find(({ kind }) => kind === 'template')?.words ?? '';
          rest = rest.replace(/\{\{ (\w+)\.(\w+) \}\}/g, (_, group: string) => {
            const kind = group === 'said' ? 'fact' : group;
            return paragraph.sources.find((source) => source.kind === kind)?.words ?? `?${group}`;
          });
          expect(paragraph.text).toBe(rest.trim());
        }
      }),
    );
  });

  it('law 4: contact data that looks like a template stays data', () => {
    const given = '{{ owner.name }}{% include "x" %}';
    const made = draft(input({ contact: { id: 'c1', given, full: 'x', company: null } }));
    expect(made.text).toContain(`Hi ${given},`);
  });

  it('law 3: without an unspent particular it says what is missing', () => {
    expect(compose(input({ reasons: [] }))).toMatchObject({ kind: 'missing', code: 'no-particular' });
  });

  it('law 3: a reason the template has no words for is not cited, and hides none it has words for', () => {
    const kept: Reason = {
      kind: 'kept-promise',
      id: 'k1',
      support: 'kept',
      words: 'the slides.',
      occurrence: '',
    };
    expect(draft(input({ reasons: [kept, said] })).reasons).toEqual([said]);
    expect(compose(input({ reasons: [kept] }))).toMatchObject({ kind: 'missing', code: 'no-particular' });
  });

  it('a reason is cited only when a paragraph speaks its words', () => {
    expect(compose(withParagraph('Something was said, I think.'))).toMatchObject({ kind: 'missing' });
    expect(draft(withParagraph('{{ said.text }}, and so on.')).reasons).toEqual([said]);
  });

  it('nobody is greeted without a name', () => {
    const contact = { id: 'c1', given: null, full: 'G. Okafor', company: null };
    expect(compose(input({ contact }))).toMatchObject({
      kind: 'missing',
      code: 'no-name',
      what: expect.stringContaining('G. Okafor'),
    });
  });

  it('who only stood on a list is not told of a meeting', () => {
    const made = draft(input({ encounter: { id: 'n1', kind: 'attended', again: false } }));
    expect(made.paragraphs.map(({ id }) => id)).not.toContain('met');
  });

  it.each([
    ['an unknown name', '{{ contact.nickname }} {{ said.text }}', 'nickname'],
    ['an unknown group', '{{ weather.today }} {{ said.text }}', 'weather'],
    ['an unknown filter', '{{ said.text | shout }}', 'shout'],
    ['a syntax error', '{{ said.text', 'not closed'],
    ['a file', '{% include "/etc/passwd" %}{{ said.text }}', ''],
  ])('strict: %s breaks at its place', (_, text, problem) => {
    const made = compose(withParagraph(text));
    expect(made).toMatchObject({
      kind: 'broken',
      where: 'paragraph "only"',
      problem: expect.stringContaining(problem),
    });
  });

  it('strict: a broken subject is named so', () => {
    const template = { id: 't1', language: 'en', subject: '{{ event.colour }}', paragraphs: PARAGRAPHS };
    expect(compose(input({ template }))).toMatchObject({ kind: 'broken', where: 'the subject' });
  });

  it('strict: nothing of the prototype can be reached', () => {
    for (const path of ['contact.constructor', 'said.__proto__', 'owner.toString']) {
      expect(compose(withParagraph(`{{ ${path} }} {{ said.text }}`)).kind).toBe('broken');
    }
  });

  it('its words are true until the first of their ends', () => {
    const until = new Date('2026-11-30T00:00:00Z');
    const when = { words: 'last week', until };
    const paragraphs = [
      ...PARAGRAPHS,
      { id: 'when', needs: ['met' as const], text: 'It was {{ event.when }}.' },
    ];
    const template = { id: 't1', language: 'en', subject: 'Hello', paragraphs };
    const event = { id: 'e1', name: 'DevConf', when };
    expect(draft(input({ event })).validUntil).toBeNull();
    expect(draft(input({ event, template })).validUntil).toEqual(until);
    expect(draft(input({ reasons: [said, promise] })).validUntil).toEqual(promise.until);
    expect(draft(input({ event, template, reasons: [said, promise] })).validUntil).toEqual(until);
  });

  it('a mail has one plain way out, a task none', () => {
    expect(draft(input()).text).toContain('answer “no more”');
    expect(draft(input({ channel: 'task' })).text).not.toContain('no more');
  });

  it('one reason carries a mail, the most particular; a promise stands beside it; the order given does not matter', () => {
    const interest: Reason = { ...said, id: 'f2', support: 'interest' };
    const later: Reason = { ...said, id: 'f3' };
    fc.assert(
      fc.property(fc.shuffledSubarray([said, interest, later, promise], { minLength: 4 }), (reasons) => {
        expect(chooseReasons(reasons)).toEqual([promise, said]);
      }),
    );
    expect(chooseReasons([promise])).toEqual([promise]);
  });
});

describe('templateProblem', () => {
  const check = (text: string, needs: TemplateParagraph['needs'] = []): string | null =>
    templateProblem({ subject: 'Hello', paragraphs: [{ id: 'only', needs, text }] });

  it('names the paragraph of a syntax error', () => {
    expect(check('{{ contact.given')).toContain('paragraph "only"');
    expect(templateProblem({ subject: '{% if %}', paragraphs: [] })).toContain('the subject');
  });

  it.each(['include', 'render', 'layout'])('lets no template read a file by "%s"', (tag) => {
    expect(check(`{% ${tag} 'package.json' %}`)).toContain('paragraph "only"');
  });

  it.each([
    ['It was good to meet you.', 'met'],
    ['I enjoyed our talk.', 'said'],
    ['As promised, here it is.', 'kept'],
    ['You asked me something.', 'asked'],
    ['Thank you for the tea.', 'gratitude'],
    ['Good to see you again.', 'again'],
  ] as const)('law 4: %s claims something that needs %s', (text, need) => {
    expect(check(text)).toContain('paragraph "only" claims');
    expect(check(text, [need])).toBeNull();
  });
});
