/** What `--json` prints: one object for each row that means a person, so that others can check our reading. */
import type { Candidate, ImportFormat } from './records.js';

/** What became of a row; `read` where nothing was to become of it. */
export type Verdict = 'read' | 'created' | 'merged' | 'unchanged' | 'proposed' | 'rejected' | 'ignored';

export interface PrintedEncounter {
  event?: string;
  /** Left out for a LinkedIn connection without an event: its date alone proves no meeting. */
  kind?: 'met' | 'attended';
  /** An ISO instant, or an ISO local date. */
  at?: string;
}

export interface RowEnd {
  file: string;
  /** Line of the file, from 1; of a sheet, its row. */
  line: number;
  format: ImportFormat;
  verdict: Verdict;
  reason?: string;
  candidate?: Candidate;
  /** As it was recorded; by default what the row's own sign says. */
  encounter?: PrintedEncounter | null;
}

export interface PrintedRow {
  file: string;
  line: number;
  format: ImportFormat;
  verdict: Verdict;
  reason?: string;
  contact?: Record<string, unknown>;
}

/** Absent values are left out; lists of addresses and numbers are always there. */
export function printedRow(end: RowEnd): PrintedRow {
  const { file, line, format, verdict, reason, candidate } = end;
  return {
    file,
    line,
    format,
    verdict,
    ...(reason !== undefined && reason !== '' && { reason }),
    ...(candidate && { contact: printedContact(candidate, end.encounter) }),
  };
}

function printedContact(
  candidate: Candidate,
  encounter: PrintedEncounter | null | undefined,
): Record<string, unknown> {
  const { name, emails, phones, linkedin, company, title, city, country, birthday, notes } = candidate;
  const { language, zone, whereMet, consent, origin, priority, form, message } = candidate;
  const met = encounter === undefined ? encounterSaid(candidate) : encounter;
  const printed = {
    name: {
      full: name.full,
      given: name.given,
      family: name.family,
      prefix: name.prefix,
      suffix: name.suffix,
    },
    emails,
    phones,
    ...{ linkedin, company, title, city, country, birthday, language, zone, notes, whereMet },
    ...{ consent, origin, priority, form, message },
    encounter: met && Object.keys(met).length > 0 ? met : undefined,
    encounters: candidate.encounters,
  };
  return withoutAbsent(printed);
}

/** What the row itself says of a meeting, whatever event it is imported with; of several the newest. */
export function encounterSaid({
  sign,
  event,
  encounters,
}: Pick<Candidate, 'sign' | 'event' | 'encounters'>): PrintedEncounter | null {
  const [newest] = encounters ?? [];
  if (newest) return { event: newest.event, kind: newest.kind, ...(newest.at !== undefined && { at: newest.at }) }; // prettier-ignore
  if (!sign) return event === undefined ? null : { event };
  const kind = sign.kind === 'scan' ? 'met' : sign.kind === 'listed' ? 'attended' : undefined;
  return {
    ...(event !== undefined && { event }),
    ...(kind && { kind }),
    ...(sign.at !== undefined && { at: sign.at }),
  };
}

function withoutAbsent(value: Record<string, unknown>): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined || item === null || item === '') continue;
    out[key] =
      typeof item === 'object' && !Array.isArray(item)
        ? withoutAbsent(item as Record<string, unknown>)
        : item;
  }
  return out;
}
