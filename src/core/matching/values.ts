/** Values as they are compared: folded, cut into words, with what tells two of them apart quickly. */
import { foldName } from '../import/name-compare.js';
import { letterMask, soundKey } from './text-distance.js';

export type ValueKind =
  | 'given' | 'family' | 'company' | 'text' | 'street' | 'word' | 'code' | 'number' | 'date' | 'id' | 'email' | 'phone' | 'key'; // prettier-ignore

export interface Value {
  /** The form two values are equal by. */
  text: string;
  /** What slips are counted in: without spaces, legal forms, kinds of street. */
  core: string;
  /** `core` with ae, oe, ue as a, o, u: as umlauts are written by those who have none. */
  plain: string;
  sound: string;
  /** Which letters `core` has; see `letterMask`. */
  mask: number;
  words: readonly string[];
  /** Of ids: which kind; only ids of one kind are compared. */
  kind: string;
  /** How many of the persons say so; filled in by the count. */
  count: number;
  /** Share of people who say so; filled in by the count. */
  share: number;
}

/** Values that stand where a program had none. */
const NOTHING = new Set(['', 'null', 'none', 'nan', 'na', 'n/a', 'nil', 'undefined', 'unknown', '-', '--', '?', '.', 'tbd', 'not available']); // prettier-ignore

const LEGAL = new Set(
  (
    'gmbh mbh ag kg kgaa ohg gbr ug ev eg se inc incorporated llc llp lp ltd limited corp corporation co company plc sa sas sarl sasu ' +
    'srl spa snc sl slu bv nv oy oyj ab as asa aps is pty pte pvt private kk kft zrt doo dd sro spol zoo spzoo oao ooo gesmbh cie the and und et y e'
  ).split(' '),
);
/** Words that many companies have in their name and that are left out as readily. */
const COMPANY_FILL = new Set(
  'group holding holdings international global deutschland germany europe usa uk france'.split(' '),
);
const STREET_KINDS: Record<string, string> = {
  street: '', str: '', st: '', strasse: '', road: '', rd: '', avenue: '', ave: '', av: '', lane: '', ln: '', drive: '', dr: '', place: '',
  pl: '', court: '', ct: '', crescent: '', cres: '', cr: '', circuit: '', cct: '', close: '', cl: '', boulevard: '', blvd: '', way: '',
  terrace: '', tce: '', parade: '', pde: '', highway: '', hwy: '', rue: '', via: '', calle: '', weg: '', platz: '', allee: '', gasse: '',
}; // prettier-ignore

const wordsOf = (text: string): string[] => text.split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word !== '');

/** A value ready to be compared; null for what says nothing. */
export function valueOf(kind: ValueKind, raw: string): Value | null {
  const cut = raw.slice(0, 300).trim();
  let column = '';
  let given = cut;
  if (kind === 'id') {
    const [, prefix, rest] = /^([a-z_][\w ]*):(.+)$/i.exec(cut) ?? [];
    if (prefix !== undefined && rest !== undefined) [column, given] = [prefix, rest.trim()];
  }
  const folded = foldName(given).replace(/\s+/g, ' ');
  if (NOTHING.has(folded)) return null;
  const words = wordsOf(folded.replace(/[’'`]/g, ''));
  let text = words.join(' ');
  let core = words.join('');
  let kept = words;
  switch (kind) {
    case 'company': {
      // "S.p.A." and "G.m.b.H." fall apart into letters: put together, they are legal forms like others.
      const joined = wordsOf(folded.replace(/[’'`]/g, '').replace(/\b(\p{L})\.(?=\p{L}\b)/gu, '$1'));
      kept = joined.filter((word) => !LEGAL.has(word));
      if (kept.length === 0) kept = joined;
      const filled = kept.filter((word) => !COMPANY_FILL.has(word));
      if (filled.length > 0) kept = filled;
      text = kept.join(' ');
      core = kept.join('');
      break;
    }
    case 'street':
      kept = words
        .filter((word) => STREET_KINDS[word] === undefined)
        .map((word) => word.replace(/(?:strasse|str)$/, ''));
      if (kept.every((word) => word === '')) kept = words;
      core = kept.join('');
      break;
    case 'code':
    case 'number':
    case 'id':
    case 'word':
      text = core;
      break;
    case 'phone':
      text = core = folded.replace(/\D/g, '');
      break;
    case 'date':
    case 'email':
    case 'key':
      text = core = folded;
      break;
    default:
  }
  if (core === '' || (kind === 'phone' && core.length < 5) || (kind === 'id' && /^0+$/.test(core)))
    return null;
  if (column !== '') text = `${column}:${text}`;
  const plain = core.replace(/([aou])e/g, '$1');
  const sound = soundKey(core);
  return { text, core, plain, sound, mask: letterMask(core), words: kept, kind: column, count: 0, share: 0 };
}
