/** How the owner said that a table is to be read. */
import { oneLine } from '../text.js';
import { headerKey } from './columns.js';
import type { Field, Mapping } from './records.js';

/** Every meaning a column can have, as the owner may name them. */
export const FIELDS: readonly Field[] = [
  'name', 'given', 'middle', 'family', 'prefix', 'suffix', 'email', 'phone', 'linkedin', 'url', 'company', 'title', 'city', 'country',
  'birthday', 'birthYear', 'birthMonth', 'birthDay', 'notes', 'connectedOn', 'scanAt', 'interaction', 'checkedIn', 'status', 'language',
  'zone', 'whereMet', 'event', 'consent', 'optOut', 'origin', 'priority', 'form',
]; // prettier-ignore

const isField = (value: unknown): value is Field => FIELDS.some((field) => field === value);

/** Heads the reasons in the CSV of rejected rows; that the file is corrected does not make it another kind of file. */
export const REASON_HEADER = 'Rejected because';
const REASON_KEY = headerKey(REASON_HEADER);

/**
 * What two headers have in common that mean the same: the keys of their named cells, sorted, joined, cut to 2,000
 * characters. The order of the columns and empty cells do not matter; how often a name repeats does.
 */
export function headerFingerprint(header: readonly string[]): string {
  const keys = header.map(headerKey).filter((key) => key !== '' && key !== REASON_KEY);
  return keys.sort().join('|').slice(0, 2_000);
}

export type MappingFile = { kind: 'mapping'; mapping: Mapping } | { kind: 'refused'; reason: string };

const refused = (reason: string): MappingFile => ({ kind: 'refused', reason });

/**
 * A mapping written as JSON: `{"columns": {"Header as written": "given", "Internal remark": null}, "dates": "day-first"}`;
 * `dates` may be left out. Its `header` is the fingerprint of the columns it names, which is hardly ever a whole header:
 * give it to `planTable` as `mapping`.
 */
export function readMappingFile(text: string): MappingFile {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    return refused(`the mapping is not JSON: ${error instanceof Error ? error.message : 'unreadable'}`);
  }
  if (!isObject(parsed))
    return refused('the mapping is to be an object such as {"columns": {"Vorname": "given"}}');
  const other = Object.keys(parsed).find((key) => key !== 'columns' && key !== 'dates');
  if (other !== undefined) {
    return refused(`the mapping has "${shown(other)}"; it may have "columns" and "dates" and nothing else`);
  }
  const { columns, dates } = parsed;
  if (!isObject(columns) || Object.keys(columns).length === 0) {
    return refused('"columns" is to name at least one column: {"Header as written": "given"}');
  }
  if (dates !== undefined && dates !== 'day-first' && dates !== 'month-first') {
    return refused('"dates" is to be "day-first" or "month-first"');
  }
  const mapped: Record<string, Field | null> = {};
  for (const [header, field] of Object.entries(columns)) {
    const key = headerKey(header);
    if (key === '') return refused(`"${shown(header)}" names no column: it has neither letters nor digits`);
    if (field !== null && !isField(field)) {
      const written = typeof field === 'string' ? `"${shown(field)}"` : 'something that is no text';
      return refused(`column "${shown(header)}" is given the field ${written}; fields are ${FIELDS.join(', ')}, or null to leave it out`); // prettier-ignore
    }
    mapped[key] = field;
  }
  const monthFirst = dates === undefined ? null : dates === 'month-first';
  return {
    kind: 'mapping',
    mapping: { header: headerFingerprint(Object.keys(columns)), columns: mapped, monthFirst },
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const shown = (text: string): string => oneLine(text.slice(0, 60));

/** The mapping for a table: this import's where any of its columns is in the header, else the remembered one. */
export function mappingFor(
  header: readonly string[],
  options: { mapping?: Mapping; mappings?: readonly Mapping[] },
): Mapping | null {
  const keys = new Set(header.map(headerKey).filter((key) => key !== ''));
  const { mapping } = options;
  if (mapping && Object.keys(mapping.columns).some((key) => keys.has(key))) return mapping;
  if (!options.mappings || options.mappings.length === 0) return null;
  const print = headerFingerprint(header);
  return print === '' ? null : (options.mappings.find((each) => each.header === print) ?? null);
}

/** The row of the head that a mapping is for: the one with most of its columns. */
export function mappedHeader(
  head: readonly string[][],
  options: { mapping?: Mapping; mappings?: readonly Mapping[] },
): { index: number; mapping: Mapping } | null {
  let best: { index: number; mapping: Mapping; count: number } | null = null;
  for (const [index, row] of head.entries()) {
    const mapping = mappingFor(row, options);
    if (mapping === null) continue;
    const count = new Set(row.map(headerKey).filter((key) => Object.hasOwn(mapping.columns, key))).size;
    if (best === null || count > best.count) best = { index, mapping, count };
  }
  return best && { index: best.index, mapping: best.mapping };
}

/** Fields of which one column is enough; of the others each column adds its values. */
export const SINGLE = new Set<Field>([
  'name', 'given', 'middle', 'family', 'prefix', 'suffix', 'birthday', 'birthYear', 'birthMonth', 'birthDay', 'connectedOn', 'scanAt',
  'interaction', 'checkedIn', 'status', 'language', 'zone',
]); // prettier-ignore

/** The columns as the owner said; a field of which one column is enough is taken from the column the owner chose. */
export function applyMapping(
  columns: Record<number, Field>,
  header: readonly string[],
  mapping: Mapping,
): Record<number, Field> {
  const chosen = new Map<number, Field | null>();
  header.forEach((cell, index) => {
    const key = headerKey(cell);
    const field = Object.hasOwn(mapping.columns, key) ? mapping.columns[key] : undefined;
    if (field !== undefined) chosen.set(index, field);
  });
  const taken = new Set(chosen.values());
  const result: Record<number, Field> = {};
  header.forEach((_cell, index) => {
    const own = chosen.get(index);
    const read = columns[index];
    if (own !== undefined && own !== null) result[index] = own;
    else if (own === undefined && read !== undefined && !(SINGLE.has(read) && taken.has(read)))
      result[index] = read;
  });
  return result;
}
