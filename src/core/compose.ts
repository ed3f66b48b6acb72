import { Liquid, type Template as LiquidTemplate } from 'liquidjs';
import { claimsIn, type Claim } from './claims.js';
import { wayOut } from './way-out.js';

/**
 * What a paragraph may lean on. `met` and `attended` come from encounters, the kinds of reasons from facts and
 * promises; `!x` means: only without x.
 */
export const supports = [
  'met',
  'attended',
  'again',
  'said',
  'asked',
  'interest',
  'gratitude',
  'shared',
  'strength',
  'news',
  'promise',
  'kept',
  'birthday',
] as const;
export type Support = (typeof supports)[number];

/** One paragraph of a template: Liquid text, and what must be known for it to stand. */
export interface TemplateParagraph {
  id: string;
  text: string;
  needs: (Support | `!${Support}`)[];
}

/** Where words come from. */
export interface Source {
  kind: 'template' | 'contact' | 'event' | 'owner' | 'fact' | 'promise' | 'birthday' | 'encounter';
  id: string;
  /** The words taken. */
  words: string;
}

/** What justifies a message. A reason is spent once cited. */
export interface Reason {
  kind: 'fact' | 'promise' | 'kept-promise' | 'birthday';
  id: string;
  support: Support;
  /** The words as they stand in the mail. */
  words: string;
  /** Which occurrence, for what comes back each year; else empty. */
  occurrence: string;
  /** More words for the template, e.g. `by` of a promise. */
  extra?: Record<string, string>;
  /** Its words stop being true then, e.g. after the day a promise names. */
  until?: Date;
}

export interface ComposeInput {
  /** `language`: BCP 47, of its words. */
  template: { id: string; language: string; subject: string; paragraphs: TemplateParagraph[] };
  owner: { id: string; name: string };
  contact: { id: string; given: string | null; full: string; company: string | null };
  event: { id: string; name: string; when: { words: string; until: Date } | null } | null;
  /** Encounters at that event (and `again` where an earlier meeting is on record). */
  encounter: { id: string; kind: 'met' | 'attended'; again: boolean } | null;
  /** Unspent reasons about this person, in any order. */
  reasons: readonly Reason[];
  channel: 'mail' | 'task';
}

export interface DraftParagraph {
  id: string;
  text: string;
  sources: Source[];
}

export type Composed =
  | {
      kind: 'draft';
      subject: string;
      text: string;
      paragraphs: DraftParagraph[];
      reasons: Reason[];
      /** The words taken from the calendar stop being true then. */
      validUntil: Date | null;
      /** How particular it is; the highest is put before the owner first. */
      score: number;
    }
  | { kind: 'missing'; code: 'no-particular' | 'no-name'; what: string }
  | { kind: 'broken'; where: string; problem: string };

/** From the most particular to the least; the first unspent one carries the mail. */
const PARTICULARITY: Partial<Record<Support, number>> = {
  kept: 10,
  asked: 9,
  gratitude: 8,
  said: 7,
  shared: 6,
  news: 5,
  interest: 4,
  strength: 3,
  promise: 2,
  birthday: 1,
};

const liquid = new Liquid({
  strictVariables: true,
  strictFilters: true,
  ownPropertyOnly: true,
  parseLimit: 20_000,
  renderLimit: 1_000,
  memoryLimit: 1_000_000,
  // No file of this machine is a template.
  templates: {},
});
for (const tag of ['include', 'render', 'layout']) {
  liquid.registerTag(tag, {
    parse: () => {
      throw new Error(`"${tag}" would read another file`);
    },
    render: () => '',
  });
}

/** Context and template become a draft with provenance, or what is missing. Never invents, never leaves a gap. */
export function compose(input: ComposeInput): Composed {
  if (!input.contact.given) {
    return {
      kind: 'missing',
      code: 'no-name',
      what: `how to address ${input.contact.full}: give the first name`,
    };
  }
  const sayable = input.reasons.filter((reason) =>
    input.template.paragraphs.some((paragraph) => paragraph.needs.includes(reason.support)),
  );
  const cited = chooseReasons(sayable);
  if (input.reasons.length === 0) {
    return {
      kind: 'missing',
      code: 'no-particular',
      what: `one line about ${input.contact.full} that is theirs alone`,
    };
  }
  const known = supportsOf(input, cited);
  const paragraphs: DraftParagraph[] = [];
  for (const paragraph of input.template.paragraphs) {
    if (!stands(paragraph.needs, known)) continue;
    const rendered = render(paragraph.text, input, cited);
    if (rendered.kind === 'broken') return { ...rendered, where: `paragraph "${paragraph.id}"` };
    paragraphs.push({
      id: paragraph.id,
      text: rendered.text,
      sources: [...rendered.sources, ...encounterSources(paragraph.needs, input)],
    });
  }
  const spoken = cited.filter((reason) => paragraphs.some((p) => p.sources.some((s) => s.id === reason.id)));
  if (spoken.length === 0) {
    return {
      kind: 'missing',
      code: 'no-particular',
      what: 'a paragraph in the template that says what is known',
    };
  }
  const subject = render(input.template.subject, input, cited);
  if (subject.kind === 'broken') return { ...subject, where: 'the subject' };
  if (input.channel === 'mail') {
    const occasion = spoken.some(({ kind }) => kind === 'birthday') ? 'birthday' : 'mail';
    const text = wayOut(input.template.language, occasion);
    paragraphs.push({ id: 'way-out', text, sources: [{ kind: 'template', id: 'way-out', words: text }] });
  }
  const usesWhen = [...paragraphs.flatMap((p) => p.sources), ...subject.sources].some(
    (source) => source.kind === 'event' && source.words === input.event?.when?.words,
  );
  return {
    kind: 'draft',
    subject: subject.text,
    text: paragraphs.map((p) => p.text).join('\n\n'),
    paragraphs,
    reasons: spoken,
    validUntil: earliest([
      usesWhen ? input.event?.when?.until : undefined,
      ...spoken.map((reason) => reason.until),
    ]),
    score: spoken.reduce(
      (sum, reason) => sum + (PARTICULARITY[reason.support] ?? 0) * 1000 + reason.words.length,
      0,
    ),
  };
}

function earliest(instants: readonly (Date | undefined)[]): Date | null {
  const times = instants.filter((at) => at !== undefined).map((at) => at.getTime());
  return times.length === 0 ? null : new Date(Math.min(...times));
}

/**
 * One reason carries a mail; the rest is kept for the next word. A promise still owed stands beside it always: the
 * person should not wonder.
 */
export function chooseReasons(reasons: readonly Reason[]): Reason[] {
  const ranked = [...reasons].sort(
    (a, b) =>
      (PARTICULARITY[b.support] ?? 0) - (PARTICULARITY[a.support] ?? 0) ||
      (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  );
  const lead = ranked.find((reason) => reason.support !== 'promise');
  const promise = ranked.find((reason) => reason.support === 'promise');
  return [promise, lead].filter((reason) => reason !== undefined);
}

function supportsOf({ encounter }: ComposeInput, cited: readonly Reason[]): Set<Support> {
  const known = new Set<Support>(cited.map((reason) => reason.support));
  if (encounter) known.add(encounter.kind);
  if (encounter?.kind === 'met' && encounter.again) known.add('again');
  return known;
}

function stands(needs: TemplateParagraph['needs'], known: ReadonlySet<Support>): boolean {
  return needs.every((need) =>
    need.startsWith('!') ? !known.has(need.slice(1) as Support) : known.has(need as Support),
  );
}

function encounterSources(needs: TemplateParagraph['needs'], { encounter }: ComposeInput): Source[] {
  if (!encounter || !needs.some((need) => need === 'met' || need === 'attended' || need === 'again'))
    return [];
  return [{ kind: 'encounter', id: encounter.id, words: encounter.kind }];
}

type Rendered =
  { kind: 'text'; text: string; sources: Source[] } | { kind: 'broken'; where: string; problem: string };

/** Renders one piece and notes each value it read: that is its provenance. */
function render(text: string, input: ComposeInput, cited: readonly Reason[]): Rendered {
  const sources: Source[] = [];
  const note = (kind: Source['kind'], id: string, words: string): string => {
    if (!sources.some((s) => s.kind === kind && s.id === id && s.words === words))
      sources.push({ kind, id, words });
    return words;
  };
  const group = (kind: Source['kind'], id: string, values: Record<string, string | null>): object =>
    Object.defineProperties(
      {},
      Object.fromEntries(
        Object.entries(values).map(([key, value]) => [
          key,
          { enumerable: true, get: () => (value === null ? null : note(kind, id, value)) },
        ]),
      ),
    );
  const scope: Record<string, unknown> = {
    contact: group('contact', input.contact.id, {
      given: input.contact.given,
      full: input.contact.full,
      company: input.contact.company,
    }),
    owner: group('owner', input.owner.id, { name: input.owner.name }),
  };
  if (input.event) {
    const { id, name, when } = input.event;
    scope.event = group('event', id, { name, when: when?.words ?? null });
  }
  for (const reason of cited) {
    scope[reason.support] = group(sourceKind(reason), reason.id, { text: reason.words, ...reason.extra });
  }
  try {
    const out = String(liquid.renderSync(parse(text), scope)).trim();
    if (out === '') return { kind: 'broken', where: '', problem: 'it came out empty' };
    const fixed = text.trim();
    return {
      kind: 'text',
      text: out,
      sources: [{ kind: 'template', id: input.template.id, words: fixed }, ...sources],
    };
  } catch (error) {
    return { kind: 'broken', where: '', problem: error instanceof Error ? error.message : String(error) };
  }
}

function sourceKind(reason: Reason): Source['kind'] {
  if (reason.kind === 'birthday') return 'birthday';
  return reason.kind === 'fact' ? 'fact' : 'promise';
}

const parsed = new Map<string, LiquidTemplate[]>();

function parse(text: string): LiquidTemplate[] {
  let templates = parsed.get(text);
  if (!templates) {
    templates = liquid.parse(text);
    if (parsed.size > 500) parsed.clear();
    parsed.set(text, templates);
  }
  return templates;
}

/** What each claim of fixed words needs: any one of these among the paragraph's needs. */
const CLAIM_NEEDS: Record<Claim, readonly Support[]> = {
  met: ['met', 'again'],
  again: ['again'],
  talked: ['said', 'asked', 'gratitude', 'shared'],
  asked: ['asked'],
  promised: ['promise', 'kept'],
  'thanked-for': ['gratitude'],
};

/** Why a template cannot be taken, naming the place; null when it can (law 4: fixed words are claims too). */
export function templateProblem(template: {
  subject: string;
  paragraphs: TemplateParagraph[];
}): string | null {
  const pieces = [{ id: 'subject', text: template.subject, needs: [] }, ...template.paragraphs];
  for (const { id, text, needs } of pieces) {
    const place = id === 'subject' ? 'the subject' : `paragraph "${id}"`;
    try {
      liquid.parse(text);
    } catch (error) {
      return `${place}: ${error instanceof Error ? error.message : String(error)}`;
    }
    for (const claim of claimsIn(text)) {
      const backing = CLAIM_NEEDS[claim];
      if (!needs.some((need) => backing.includes(need as Support))) {
        return `${place} claims "${claim}" but does not need any of: ${backing.join(', ')}`;
      }
    }
  }
  return null;
}
