import { compose, templateProblem, type ComposeInput, type Reason, type Support } from './compose.js';
import { DEFAULT_SEQUENCE, DEFAULT_TEMPLATES } from './default-sequence.js';
import { checkEtiquette } from './etiquette.js';

const WORDS: [Support, string][] = [
  ['said', 'your team is moving its billing to event sourcing'],
  ['asked', 'how we test our migrations'],
  ['interest', 'small databases'],
  ['gratitude', 'the introduction to Mira'],
  ['shared', 'we both sing in a choir'],
  ['strength', 'how calmly you explain hard things'],
  ['news', 'your move to Porto'],
  ['promise', 'send you the slides'],
  ['kept', 'here are the slides: https://example.org/slides'],
];

function reason(support: Support, words: string): Reason {
  const kind = support === 'promise' ? 'promise' : support === 'kept' ? 'kept-promise' : 'fact';
  const made: Reason = { kind, id: `${support}-1`, support, words, occurrence: '' };
  return support === 'promise' ? { ...made, extra: { by: 'Friday 4 December' } } : made;
}

function input(name: string, over: Partial<ComposeInput> = {}): ComposeInput {
  const template = DEFAULT_TEMPLATES.find((one) => one.name === name);
  if (!template) throw new Error(`no template ${name}`);
  return {
    template: { id: `template-${name}`, ...template },
    owner: { id: 'owner', name: 'Ada Lindqvist' },
    contact: { id: 'contact', given: 'Grace', full: 'Grace Okafor', company: 'Example Works' },
    event: {
      id: 'event',
      name: 'DevConf 2026',
      when: { words: 'last week', until: new Date('2026-11-30T00:00Z') },
    },
    encounter: { id: 'encounter', kind: 'met', again: false },
    reasons: [],
    channel: 'mail',
    ...over,
  };
}

function written(from: ComposeInput) {
  const made = compose(from);
  if (made.kind !== 'draft') throw new Error(JSON.stringify(made));
  return made;
}

const question = (text: string): number => text.match(/\?/g)?.length ?? 0;

describe('the default templates', () => {
  it('are taken by the same door as any other', () => {
    for (const template of DEFAULT_TEMPLATES)
      expect([template.name, templateProblem(template)]).toEqual([template.name, null]);
  });

  it('serve every step', () => {
    const names = DEFAULT_TEMPLATES.map(({ name }) => name);
    for (const step of DEFAULT_SEQUENCE.steps) expect(names).toContain(step.template);
  });

  const encounters: [string, ComposeInput['encounter']][] = [
    ['met', { id: 'e', kind: 'met', again: false }],
    ['met again', { id: 'e', kind: 'met', again: true }],
    ['attended', { id: 'e', kind: 'attended', again: false }],
  ];
  for (const name of ['first', 'follow-up', 'by-hand']) {
    for (const [how, encounter] of encounters) {
      it.each(WORDS)(`${name}, ${how}: a considerate mail about %s`, (support, words) => {
        const draft = written(input(name, { encounter, reasons: [reason(support, words)] }));
        if (process.env['SHOW_MAILS'] === `${name} ${how}`) console.log(`${draft.subject}\n\n${draft.text}`);
        expect(draft.text).toContain(words);
        expect(draft.text).not.toMatch(/ {2}|Hi ,| ,|\.\.|undefined|null|\{\{|\{%/);
        expect(draft.text).toMatch(/^Hi Grace,\n\n/);
        expect(draft.text).toContain('Best wishes,\nAda Lindqvist');
        for (const { text } of draft.paragraphs) expect(text).toMatch(/^\p{Lu}/u);
        const count = draft.text.split(/\s+/).length;
        expect(count).toBeGreaterThanOrEqual(45);
        expect(count).toBeLessThanOrEqual(125);
        expect(question(draft.text)).toBeLessThanOrEqual(1);
        if (support === 'promise') expect(question(draft.text)).toBe(0);
        const kind = name === 'by-hand' ? 'other' : (name as 'first' | 'follow-up');
        expect(checkEtiquette({ subject: draft.subject, text: draft.text, kind })).toEqual([]);
        if (how === 'attended') expect(draft.text).not.toMatch(/\bmet\b|meet you|see you/);
      });
    }
  }

  it('a promise stands beside the particular, and both are cited', () => {
    const draft = written(
      input('first', {
        reasons: [reason('said', 'small teams ship faster'), reason('promise', 'send you the slides')],
      }),
    );
    expect(draft.reasons.map(({ support }) => support).sort()).toEqual(['promise', 'said']);
    expect(draft.text).toContain('I promised to send you the slides.');
    expect(draft.text).toContain('by Friday 4 December');
    expect(draft.text.split(/\s+/).length).toBeLessThanOrEqual(125);
    if (process.env['SHOW_MAILS']) console.log(draft.text);
  });

  it('the time of the event is said only while it is true', () => {
    const reasons = [reason('said', 'small teams ship faster')];
    expect(written(input('first', { reasons })).text).toContain('meet you at DevConf 2026 last week.');
    const later = input('first', { reasons, event: { id: 'event', name: 'DevConf 2026', when: null } });
    expect(written(later).text).toContain('meet you at DevConf 2026.');
    expect(written(later).validUntil).toBeNull();
  });

  it('a birthday wish asks nothing and cites the birthday alone, whatever else is known', () => {
    const birthday: Reason = {
      kind: 'birthday',
      id: 'contact',
      support: 'birthday',
      words: 'birthday',
      occurrence: '2026-12-01',
    };
    const draft = written(
      input('birthday', { event: null, encounter: null, reasons: [reason('said', 'x y z'), birthday] }),
    );
    if (process.env['SHOW_MAILS']) console.log(`${draft.subject}\n\n${draft.text}`);
    expect(draft.reasons).toEqual([birthday]);
    expect(draft.text).toContain('Happy birthday!');
    expect(question(draft.text)).toBe(0);
    expect(checkEtiquette({ subject: draft.subject, text: draft.text, kind: 'birthday' })).toEqual([]);
  });
});
