/** Contacts as a table (RFC 4180), under the headers that Google Contacts reads, and ours where it has none. */
import { encounterWords, profileUrl, type ExportedContact, type ExportWriter } from './exported.js';

/** Our reader knows the columns of this many; what a contact has beyond stands in the last one. */
const MOST_COLUMNS = 9;

/** What a spreadsheet would take for a formula, with any apostrophes that already stand before it. */
const FORMULA = /^'*[=+\-@\t\r]/;

/**
 * One cell. A value that a spreadsheet would take for a formula gets one apostrophe, which our reader takes away again:
 * exactly one, so that whatever a source wrote comes back as it was.
 */
export function csvCell(value: string): string {
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One row with its CRLF. */
export function csvRow(values: readonly string[]): string {
  return `${values.map(csvCell).join(',')}\r\n`;
}

const numbered = (what: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${what} ${index + 1} - Value`);

/** As many cells as there are columns; the last one holds all that is left. */
function spread(values: readonly string[], columns: number): string[] {
  return Array.from({ length: columns }, (_, index) =>
    index === columns - 1 ? values.slice(index).join('; ') : (values[index] ?? ''),
  );
}

const yesNo = (value: boolean | undefined): string => (value === undefined ? '' : value ? 'yes' : 'no');

/**
 * The id stands first and is never empty: no row looks like a total or a note under the table. UTF-8 with a byte order
 * mark, for without it Excel takes UTF-8 for the local code page.
 */
export function csvWriter(): ExportWriter {
  let emails = 1;
  let phones = 1;
  return {
    head(frame) {
      emails = Math.min(Math.max(1, frame.emails), MOST_COLUMNS);
      phones = Math.min(Math.max(1, frame.phones), MOST_COLUMNS);
      const header = csvRow([
        'ID',
        'Name',
        'First Name',
        'Last Name',
        'Name Prefix',
        'Name Suffix',
        ...numbered('E-mail', emails),
        ...numbered('Phone', phones),
        'Website 1 - Value',
        'Organization Name',
        'Organization Title',
        'Address 1 - City',
        'Address 1 - Country',
        'Birthday',
        'Language',
        'Time Zone',
        'Form of Address',
        'Consent',
        'Origin',
        'Priority',
        'Circle',
        'Encounters',
        'Notes',
      ]);
      return `\ufeff${header}`; // prettier-ignore
    },
    contact: (contact) => csvRow(cellsOf(contact, emails, phones)),
    end: () => '',
  };
}

function cellsOf(contact: ExportedContact, emails: number, phones: number): string[] {
  const { name } = contact;
  return [
    contact.id,
    name.full,
    name.given ?? '',
    name.family ?? '',
    name.prefix ?? '',
    name.suffix ?? '',
    ...spread(contact.emails, emails),
    ...spread(contact.phones, phones),
    contact.linkedin.map(profileUrl).join(' '),
    contact.company ?? '',
    contact.title ?? '',
    contact.city ?? '',
    contact.country ?? '',
    contact.birthday ?? '',
    contact.language ?? '',
    contact.zone ?? '',
    contact.form ?? '',
    yesNo(contact.consent),
    contact.origin ?? '',
    contact.priority ?? '',
    contact.circle,
    contact.encounters.map(encounterWords).join('; '),
    contact.notes ?? '',
  ];
}
