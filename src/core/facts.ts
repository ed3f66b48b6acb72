/** The statements a fact may be, and the door their words pass before they may stand in a mail. */
import { cleanText, oneLine } from './text.js';

/** The kinds the owner can choose. */
export const factKinds = [
  'said',
  'asked',
  'interest',
  'gratitude',
  'shared',
  'strength',
  'hardship',
  'news',
] as const;
/** `noted`: what somebody wrote into a file. Nobody knows who for whom, so it is never put into a mail. */
export const allFactKinds = [...factKinds, 'noted'] as const;
export type FactKind = (typeof allFactKinds)[number];

/** Whether the owner's own words of this kind may stand in a mail. */
export function mayBeQuoted(kind: FactKind): boolean {
  return kind !== 'hardship' && kind !== 'noted';
}

export type Statement = { kind: 'text'; text: string } | { kind: 'refused'; reason: string };

/** Characters, counted as code points. */
const SHORTEST = 3;
const LONGEST = 300;

/**
 * The owner's words made fit to complete a sentence: one line, cleaned, without the marks that end a sentence (the
 * template has its own). Refuses several lines and what a template would take for a command.
 */
export function statement(text: string): Statement {
  const refused = (reason: string): Statement => ({ kind: 'refused', reason });
  if (cleanText(text).trim().includes('\n')) return refused('write it on one line');
  const words = oneLine(text)
    .replace(/[\s.!?…]+$/u, '')
    .trim();
  if (/\{\{|\}\}|\{%|%\}/.test(words)) {
    return refused('{{ and {% belong to templates; write the words themselves');
  }
  const length = Array.from(words).length;
  if (length === 0) return refused('there are no words in it');
  if (length < SHORTEST) return refused(`"${words}" is too short to mean something to them`);
  if (length > LONGEST) return refused(`it has ${length} characters; ${LONGEST} are the most for one line`);
  return { kind: 'text', text: words };
}
