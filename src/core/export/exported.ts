/** What leaves with an export: one person, in the words of the fold. */
import type { AddressForm, PersonName, Priority } from '../import/records.js';

export const exportFormats = ['csv', 'vcard', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** The file's ending and its media type (RFC 7111, RFC 6350, RFC 8259). */
export const EXPORT_FILES: Record<ExportFormat, { ending: string; mediaType: string }> = {
  csv: { ending: 'csv', mediaType: 'text/csv; charset=utf-8' },
  vcard: { ending: 'vcf', mediaType: 'text/vcard; charset=utf-8' },
  json: { ending: 'json', mediaType: 'application/json; charset=utf-8' },
};

export interface ExportedEncounter {
  event: string;
  /** Local dates of the event's first and last day. */
  startsOn: string;
  endsOn: string;
  /** IANA zone of the event. */
  zone: string;
  kind: 'met' | 'attended';
  /** An ISO instant, where a source says when. */
  at?: string;
}

/** Absent values are left out. All text is clean, and on one line but for the notes. */
export interface ExportedContact {
  id: string;
  /** `full` is empty where only an address is known. */
  name: PersonName;
  /** As written; their own before a desk's. */
  emails: string[];
  /** E.164 where the number can be told, else as written. */
  phones: string[];
  /** Canonical profile slugs. */
  linkedin: string[];
  company?: string;
  title?: string;
  city?: string;
  country?: string;
  /** '1990-03-15', or '--03-15'. */
  birthday?: string;
  /** BCP 47. */
  language?: string;
  /** IANA, only where a source said so. */
  zone?: string;
  form?: AddressForm;
  /** False also where they must not be written to: wherever this is read, that stop holds. */
  consent?: boolean;
  origin?: string;
  priority?: Priority;
  notes?: string;
  circle: string;
  /** ISO instants. */
  doNotContactAt?: string;
  pausedUntil?: string;
  noCongratulations?: true;
  /** The newest event first. */
  encounters: ExportedEncounter[];
}

/** What must be known before the first contact is written. */
export interface ExportFrame {
  /** The most addresses and numbers that one contact has. */
  emails: number;
  phones: number;
}

/** One file, piece by piece: `head`, every contact, `end`. `index` from 0. */
export interface ExportWriter {
  head: (frame: ExportFrame) => string;
  contact: (contact: ExportedContact, index: number) => string;
  end: () => string;
}

export const profileUrl = (slug: string): string => `https://www.linkedin.com/in/${encodeURIComponent(slug)}`;

/** "DevConf 2026 (met, 2026-11-18)": for people to read, where a format has no field for it. */
export function encounterWords({ event, startsOn, kind, at }: ExportedEncounter): string {
  return `${event} (${kind}, ${at === undefined ? startsOn : at.slice(0, 10)})`;
}
