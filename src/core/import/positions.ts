/** Where a person works, as one source after the other told it: what is news, and what only the owner can tell. */
import { Temporal } from 'temporal-polyfill';
import { fits, foldName } from './name-compare.js';
import type { Candidate } from './records.js';

/** One source record that may tell of a position. */
export interface PositionRecord {
  id: string;
  kind: 'import' | 'owner';
  /** When it came to us. */
  at: Date;
  candidate: Partial<Candidate>;
}

export interface PositionChange {
  companyBefore: string | null;
  titleBefore: string | null;
  company: string | null;
  title: string | null;
  /** Local date of the evidence, where the source dates it. */
  seenOn: string | null;
  /** `candidate`: dated evidence of at most 60 days; `question`: only the owner can tell. */
  state: 'candidate' | 'question';
}

/** Evidence older than this is no news any more. */
export const FRESH_DAYS = 60;

const LEGAL =
  /^(?:gmbh|mbh|ag|kg|kgaa|ohg|ug|ev|eg|se|inc|incorporated|llc|llp|lp|ltd|limited|corp|corporation|co|company|plc|sa|sas|sarl|srl|spa|bv|nv|oy|oyj|ab|as|asa|aps|pty|pte|kk|gk|sl|sro|doo|kft|zrt|the|und|and)$/;

const SHORT: Record<string, string> = {
  sr: 'senior',
  jr: 'junior',
  vp: 'vice president',
  svp: 'senior vice president',
  evp: 'executive vice president',
  ceo: 'chief executive officer',
  cto: 'chief technology officer',
  cfo: 'chief financial officer',
  coo: 'chief operating officer',
  cio: 'chief information officer',
  cmo: 'chief marketing officer',
  ciso: 'chief information security officer',
  eng: 'engineer',
  engr: 'engineer',
  dev: 'developer',
  mgr: 'manager',
  dir: 'director',
  md: 'managing director',
};

function wordsOf(text: string): string[] {
  return foldName(text.replaceAll('.', ''))
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** Equal, or one letter wrong; a beginning alone is another word ("SAP", "Sapient"). */
function isSlip(a: string, b: string): boolean {
  return a === b || (Math.abs(a.length - b.length) <= 1 && Math.min(a.length, b.length) >= 5 && fits(a, b));
}

/** Whether two company names mean one company: legal forms, case, accents, a slip, or a shorter form aside. */
export function sameCompany(a: string, b: string): boolean {
  const [one, two] = [a, b].map((text) => {
    const all = wordsOf(text);
    const core = all.filter((word) => !LEGAL.test(word));
    return core.length === 0 ? all : core;
  }) as [string[], string[]];
  const [short, long] = one.length <= two.length ? [one, two] : [two, one];
  if (short.length > 0 && short.every((word, index) => word === long[index])) return true;
  return isSlip(one.join(''), two.join(''));
}

/** Whether two titles mean one position: abbreviations, order of words and case aside. */
export function sameTitle(a: string, b: string): boolean {
  const [one, two] = [a, b].map((text) =>
    [...new Set(wordsOf(text).flatMap((word) => (SHORT[word] ?? word).split(' ')))]
      .filter((word) => !/^(?:of|the|for|and|und|de|fur)$/.test(word))
      .sort()
      .join(' '),
  ) as [string, string];
  return isSlip(one, two);
}

interface Position {
  company: string | null;
  title: string | null;
  record: PositionRecord;
}

function positionOf(record: PositionRecord): Position | null {
  const text = (value: string | undefined): string | null => value?.trim() || null;
  const company = text(record.candidate.company);
  const title = text(record.candidate.title);
  return company === null && title === null ? null : { company, title, record };
}

/** The day on which the row itself was seen. A LinkedIn connection's date tells when two met, not who worked where. */
function seenOn({ candidate: { sign } }: PositionRecord): string | null {
  if (sign?.at === undefined || sign.kind === 'connection') return null;
  const day = sign.at.slice(0, 10);
  return /^\d{4}-\d\d-\d\d$/.test(day) ? day : null;
}

const arrived = ({ at }: PositionRecord): string => at.toISOString().slice(0, 10);

/** What is told by both is the same: nothing has changed. */
function isSame(a: Position, b: Position): boolean {
  return (
    (a.company === null || b.company === null || sameCompany(a.company, b.company)) &&
    (a.title === null || b.title === null || sameTitle(a.title, b.title))
  );
}

/** Most rows say once more what all rows before them said, in the same words. */
function isSaidByAll(earlier: readonly PositionRecord[], { company, title }: Partial<Candidate>): boolean {
  return earlier.every(({ candidate }) => candidate.company === company && candidate.title === title);
}

/**
 * What a new source record says of a position that differs from what was said before; null where it says nothing new, or
 * is older than what is known. The owner's own edits are their word, and no question.
 * @param earlier the contact's other records; the last of them by evidence is "before"
 */
export function positionChange(
  earlier: readonly PositionRecord[],
  record: PositionRecord,
  now: Date,
): PositionChange | null {
  const said = positionOf(record);
  if (!said || record.kind === 'owner' || isSaidByAll(earlier, record.candidate)) return null;
  const before = earlier.map(positionOf).filter((position) => position !== null);
  const day = seenOn(record);
  // The latest evidence last: a dated row by its day, another by when it came; the owner's word above all.
  const order = before
    .map((position) => ({ position, on: seenOn(position.record) ?? arrived(position.record) }))
    .sort((a, b) => {
      if (a.on !== b.on) return a.on < b.on ? -1 : 1;
      return a.position.record.id < b.position.record.id ? -1 : 1;
    });
  const last = order.at(-1);
  if (!last || isSame(said, last.position)) return null;
  const dated = order.filter(({ position }) => seenOn(position.record) !== null).at(-1);
  if (day !== null && dated && day < dated.on) return null;
  // Said before, and nothing dates it now: an old file once more, no way back.
  if (day === null && before.some((position) => isSame(said, position))) return null;
  const age = day === null ? null : daysOld(day, now);
  const isFresh = age !== null && age >= -1 && age <= FRESH_DAYS;
  const whole = (field: 'company' | 'title'): string | null =>
    order.findLast(({ position }) => position[field] !== null)?.position[field] ?? null;
  return {
    companyBefore: whole('company'),
    titleBefore: whole('title'),
    company: said.company,
    title: said.title,
    seenOn: day,
    state: isFresh ? 'candidate' : 'question',
  };
}

function daysOld(day: string, now: Date): number | null {
  try {
    const today = Temporal.PlainDate.from(now.toISOString().slice(0, 10));
    return Temporal.PlainDate.from(day).until(today, { largestUnit: 'days' }).days;
  } catch {
    return null;
  }
}
