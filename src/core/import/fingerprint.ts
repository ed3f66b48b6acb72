/** What makes two rows the same saying. */
import type { Candidate, ImportFormat } from './records.js';

/** JSON with sorted keys and without undefined values: equal content is equal text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

/** Stable text of what a row says, for the caller to hash; the order of addresses says nothing and does not count. */
export function candidateFingerprint(candidate: Candidate, format: ImportFormat): string {
  const { emails, phones, ...rest } = candidate;
  return canonicalJson({ format, says: { ...rest, emails: [...emails].sort(), phones: [...phones].sort() } });
}
