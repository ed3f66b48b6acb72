import { AppError } from '../http/errors.js';
import type { ProposalSide, ProposalView } from '../imports/proposals.schemas.js';
import { sideBySide, type SideRow } from './side-by-side.js';
import { askKey, plain, say } from './terminal.js';

/** Where questions are asked: a terminal, or a test. */
export interface Keyboard {
  say: (text?: string) => void;
  askKey: (question: string, keys: string) => Promise<string>;
  /** Places in a line. */
  columns: number;
}

export function keyboard(): Keyboard {
  return { say, askKey, columns: Math.min(process.stdout.columns || 100, 140) };
}

/** What a pass does with an answer: `ProposalsService`, bound to the owner. */
export interface Answering {
  get(id: string): Promise<ProposalView>;
  answer(id: string, answer: 'yes' | 'no' | 'later'): Promise<ProposalView>;
  reopen(id: string): Promise<ProposalView>;
}

const HELP = `  y  yes, one person: they are merged, and all that is known of both is kept together
  n  no, two people: remembered, also when they are imported again
  l  later: asked again after the others
  u  undo the last answer; what a yes has merged is split again
  q  quit; every answer so far is kept`;

const ANSWERS = { y: 'yes', n: 'no', l: 'later' } as const;

/** What was decided, by question. */
export type Tally = Record<'yes' | 'no' | 'later', number>;

/** Goes through the questions one by one; each answer is kept at once. */
export async function workThrough(
  ids: readonly string[],
  service: Answering,
  { say, askKey, columns }: Keyboard,
): Promise<Tally> {
  const given: { index: number; id: string; answer: keyof Tally }[] = [];
  let index = 0;
  /** Answers where to go on. */
  const undo = async (): Promise<number> => {
    const last = given.pop();
    if (!last) say('  There is nothing to undo.');
    else if (await tried(() => service.reopen(last.id), say)) {
      say(`  Taken back: ${last.answer}.`);
      return last.index;
    }
    return index;
  };
  for (;;) {
    const id = ids[index];
    if (id === undefined) {
      // The last answer, too, can be undone.
      if (given.length === 0 || (await askKey('\nThat was the last. [u q] ', 'uq')) === 'q') break;
      index = await undo();
      continue;
    }
    const asked = await stillAsked(service, id);
    if (asked === null) {
      index += 1;
      continue;
    }
    say(
      `\n${index + 1}/${ids.length}  One person? ${percent(asked.score)} sure.\n${proposalText(asked, columns)}`,
    );
    const key = await askKey('[y n l u q ?] ', 'ynluq?');
    if (key === 'q') break;
    if (key === '?') say(HELP);
    if (key === 'u') index = await undo();
    if (key !== 'y' && key !== 'n' && key !== 'l') continue;
    const answer = ANSWERS[key];
    if (await tried(() => service.answer(id, answer), say)) given.push({ index, id, answer });
    index += 1;
  }
  const tally: Tally = { yes: 0, no: 0, later: 0 };
  for (const { answer } of given) tally[answer] += 1;
  return tally;
}

/** Null where an answer before, or somebody else, has decided it meanwhile, or one of them is gone. */
async function stillAsked(service: Answering, id: string): Promise<ProposalView | null> {
  try {
    const asked = await service.get(id);
    const isOpen = asked.state === 'open' || asked.state === 'later';
    return isOpen && !asked.settled ? asked : null;
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return null;
    throw error;
  }
}

async function tried(act: () => Promise<unknown>, say: Keyboard['say']): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    say(`  ${error.message}`);
    return false;
  }
}

/** Both sides, then what speaks for it and against it. */
export function proposalText({ a, b, evidence }: ProposalView, columns: number): string {
  const both = (
    label: string,
    of: (side: ProposalSide) => readonly (string | null)[],
    compared = true,
  ): SideRow => {
    const said = (side: ProposalSide): string[] => of(side).filter((value) => value !== null);
    return { label, a: said(a), b: said(b), compared };
  };
  const kind =
    (wanted: ProposalSide['identities'][number]['kind']) =>
    ({ identities }: ProposalSide): string[] =>
      identities.filter(({ kind }) => kind === wanted).map(({ value }) => value);
  const table = sideBySide(
    [
      both('name', ({ fullName }) => [fullName]),
      both('company', ({ company }) => [company]),
      both('job title', ({ title }) => [title]),
      both('city', ({ city }) => [city]),
      both('country', ({ country }) => [country]),
      both('birthday', ({ birthday }) => [birthday]),
      both('e-mail', kind('email')),
      both('phone', kind('phone')),
      both('LinkedIn', kind('linkedin')),
      both('events', ({ events }) => events),
      both('read in', ({ sources }) => sources.map(sourceLine), false),
      both('written to', ({ sent }) => [sent === 0 ? null : `${sent} times`], false),
      both('boundary', ({ doNotContact }) => [doNotContact ? 'do not contact' : null], false),
    ],
    columns,
  );
  const words = (one: { words: string }): string => plain(one.words);
  const pro = evidence.filter(({ weight }) => weight > 0).map(words);
  const contra = evidence.filter(({ weight }) => weight <= 0).map(words);
  const lines = [table];
  if (pro.length > 0) lines.push(`  For it: ${pro.join('; ')}.`);
  if (contra.length > 0) lines.push(`  Against it: ${contra.join('; ')}.`);
  return lines.join('\n');
}

function sourceLine({ file, line }: ProposalSide['sources'][number]): string {
  if (file === null) return 'your own word';
  return line === null ? file : `${file}, line ${line}`;
}

export function percent(score: number): string {
  // Nothing that is asked about is certain.
  return `${Math.min(99, Math.round(score * 100))} %`;
}
