/** A plan made ready for a million rows: for each meaning, the columns to look into, the best first. */
import { FAMILY_FIRST_COLUMNS, headerKey, meaningOf } from './columns.js';
import type { Field, TablePlan } from './records.js';

export interface Source {
  index: number;
  field: Field;
  /** For the owner: the header, or the column's number. */
  label: string;
  /** Cities and countries of one address belong together. */
  group: string;
}

export interface CompiledPlan {
  /** Every column that is read, in the order of the table. */
  all: Source[];
  of: Partial<Record<Field, Source[]>>;
  /** Whether whole names have the family first. */
  isFamilyFirst: boolean;
  /** The cells of the header that are not empty, and where. */
  named: { index: number; text: string }[];
}

const RANK = { work: 0, none: 1, home: 2, other: 3 };
const ADDRESSES = new Set<Field>(['city', 'country']);

function compile(plan: TablePlan): CompiledPlan {
  const meanings = plan.header.map(meaningOf);
  const all: Source[] = Object.entries(plan.columns).map(([key, field]) => {
    const index = Number(key);
    const header = plan.header[index] ?? '';
    const place = meanings[index]?.place ?? null;
    return { index, field, label: header || `column ${index + 1}`, group: place ?? 'none' };
  });
  const rank = ({ index, field, group }: Source): number => {
    // "Affiliation" beside "Institution" is its kind: industry, academia.
    const isKind = /affiliation/i.test(plan.header[index] ?? '');
    const weak = (meanings[index]?.weak === true ? 10 : 0) + (isKind ? 1 : 0);
    return ADDRESSES.has(field) ? weak + (RANK[group as keyof typeof RANK] ?? 1) : weak;
  };
  const of: Partial<Record<Field, Source[]>> = {};
  for (const source of all) (of[source.field] ??= []).push(source);
  for (const sources of Object.values(of)) sources.sort((a, b) => rank(a) - rank(b) || a.index - b.index);
  const named = plan.header.map((text, index) => ({ index, text })).filter(({ text }) => text !== '');
  const isFamilyFirst = (of.name ?? []).some(({ index }) =>
    FAMILY_FIRST_COLUMNS.has(headerKey(plan.header[index] ?? '')),
  );
  return { all, of, isFamilyFirst, named };
}

const compiled = new WeakMap<TablePlan, CompiledPlan>();

export function compiledPlan(plan: TablePlan): CompiledPlan {
  let known = compiled.get(plan);
  if (!known) {
    known = compile(plan);
    compiled.set(plan, known);
  }
  return known;
}
