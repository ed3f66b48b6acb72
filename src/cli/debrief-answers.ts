import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { DecisionsService } from '../events/decisions.service.js';
import type { DebriefAnswer, DebriefDecision, EventPerson } from '../events/events.schemas.js';
import { decisions } from '../events/events.schemas.js';
import { AppError } from '../http/errors.js';
import type { Desk } from './desk.js';
import { Failed, NothingFound, WrongUsage } from './exit.js';
import { exactContactId } from './short-ids.js';

const MET: Readonly<Record<string, boolean | undefined>> = {
  '': undefined,
  yes: true,
  true: true,
  y: true,
  no: false,
  false: false,
  n: false,
};

const COLUMNS = ['name-or-email', 'decision', 'met', 'lines'];

const recordSchema = z.object({
  info: z.object({ lines: z.number() }),
  record: z.record(z.string(), z.string()),
});

export interface Answers {
  decisions: DebriefDecision[];
  /** `file:line` of each. */
  places: string[];
}

/** Takes them all down, or none; what is refused names its line of the file. */
export async function decideAnswers(
  desk: Desk,
  eventId: string,
  { decisions, places }: Answers,
): Promise<DebriefAnswer> {
  try {
    return await desk.get(DecisionsService).decide(desk.ownerId, eventId, decisions);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const at = /^decisions\.(\d+)/.exec(error.message);
    const place = places[Number(at?.[1])];
    if (!at || place === undefined) throw error;
    throw new Failed(`Nothing was decided.\n${place}:${error.message.slice(at[0].length)}`);
  }
}

/**
 * Decisions out of a CSV file with the columns name-or-email, decision (write, remember, not-met), met (yes, no or
 * empty) and lines. All of it is read before anything is decided.
 * @throws Failed, with every line that is wrong
 */
export async function readAnswers(
  desk: Desk,
  file: string,
  people: readonly EventPerson[],
): Promise<Answers> {
  const records = readRecords(file, await readFile(file, 'utf8'));
  const wrong: string[] = [];
  const found: Answers = { decisions: [], places: [] };
  for (const { line, record } of records) {
    const read = await readOne(desk, record, people);
    if (typeof read === 'string') wrong.push(`${file}:${line}: ${read}`);
    else {
      found.decisions.push(read);
      found.places.push(`${file}:${line}`);
    }
  }
  if (wrong.length > 0) throw new Failed(`Nothing was decided.\n${wrong.join('\n')}`);
  if (found.decisions.length === 0) throw new Failed(`${file} holds no decision.`);
  return found;
}

function readRecords(file: string, text: string): { line: number; record: Record<string, string> }[] {
  try {
    const parsed: unknown = parse(text, {
      bom: true,
      columns: (header: string[]) => header.map((name) => name.trim().toLowerCase()),
      info: true,
      skip_empty_lines: true,
      trim: true,
    });
    const records = z.array(recordSchema).parse(parsed);
    const missing = COLUMNS.slice(0, 2).find((name) => records[0] && !(name in records[0].record));
    if (missing !== undefined) {
      throw new Failed(`${file}: there is no column "${missing}"; the columns are ${COLUMNS.join(',')}.`);
    }
    return records.map(({ info, record }) => ({ line: info.lines, record }));
  } catch (error) {
    if (error instanceof Failed) throw error;
    throw new Failed(`${file} is no CSV file: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The decision, or what is wrong with it. */
async function readOne(
  desk: Desk,
  record: Record<string, string>,
  people: readonly EventPerson[],
): Promise<DebriefDecision | string> {
  const who = record['name-or-email'] ?? '';
  const wanted = record['decision']?.toLowerCase();
  const decision = decisions.find((one) => one === wanted);
  if (!decision) return `decision: "${record['decision'] ?? ''}" is none of ${decisions.join(', ')}`;
  const said = record['met']?.toLowerCase() ?? '';
  if (!(said in MET)) return `met: "${said}" is neither yes nor no nor empty`;
  const person = await personOf(desk, who, people);
  if (person.kind === 'refused') return person.reason;
  const [met, line] = [MET[said], record['lines'] ?? ''];
  return {
    contactId: person.id,
    decision,
    ...(met !== undefined && { met }),
    ...(line !== '' && { line }),
  };
}

/** The people of the event come first: a name may be borne twice in the address book. */
async function personOf(
  desk: Desk,
  who: string,
  people: readonly EventPerson[],
): Promise<{ kind: 'person'; id: string } | { kind: 'refused'; reason: string }> {
  const named = people.filter(({ fullName }) => fullName.toLowerCase() === who.toLowerCase());
  if (named.length === 1 && named[0]) return { kind: 'person', id: named[0].id };
  if (named.length > 1) {
    return { kind: 'refused', reason: `"${who}" is the name of ${named.length} people; give the address` };
  }
  try {
    return { kind: 'person', id: await exactContactId(desk, who) };
  } catch (error) {
    if (error instanceof AppError || error instanceof NothingFound || error instanceof WrongUsage) {
      return { kind: 'refused', reason: error.message };
    }
    throw error;
  }
}
