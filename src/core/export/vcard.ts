/** Contacts as vCard 4.0 (RFC 6350). */
import { encounterWords, profileUrl, type ExportedContact, type ExportWriter } from './exported.js';

/** Octets of one line without its CRLF (RFC 6350, 3.2). */
const LINE_OCTETS = 75;
/** What readers of cards look for by itself on a line. */
const FRAME = /^(?:BEGIN|END):VCARD/i;

/** A text value: backslash, comma and line ends escaped (RFC 6350, 3.4), so that no value can begin a line of its own. */
export function escapeText(text: string): string {
  return text.replace(/[\\,]/g, '\\$&').replace(/\r\n?|[\n\u0085\u2028\u2029]/g, '\\n');
}

/** A part of a compound value (N, ORG, ADR), where a semicolon separates and must be escaped too; elsewhere it need not. */
function escapePart(text: string | undefined): string {
  return escapeText(text ?? '').replaceAll(';', '\\;');
}

/** One content line, folded at 75 octets without splitting a character, with its CRLF. */
export function foldLine(line: string): string {
  const encoder = new TextEncoder();
  const pieces: string[] = [];
  let piece = '';
  let octets = 0;
  for (const char of line) {
    const size = encoder.encode(char).length;
    // The space that begins a continued line counts.
    if (octets + size > LINE_OCTETS - (pieces.length > 0 ? 1 : 0)) {
      pieces.push(piece);
      piece = '';
      octets = 0;
    }
    piece += char;
    octets += size;
  }
  pieces.push(piece);
  return `${apart(pieces).join('\r\n ')}\r\n`;
}

/**
 * A continued line that would read "END:VCARD" to a hasty reader, who forgives blanks in front of it, takes the last
 * letter of the line before, and the blanks after that.
 */
function apart(pieces: string[]): string[] {
  const letter = (piece: string): string => /\S\s*$/u.exec(piece)?.[0] ?? '';
  const isFrame = (piece: string | undefined): boolean => piece !== undefined && FRAME.test(piece.trim());
  return pieces.map((piece, index) => {
    const taken = index > 0 && isFrame(piece) ? letter(pieces[index - 1] ?? '') : '';
    const kept = isFrame(pieces[index + 1]) ? piece.slice(0, piece.length - letter(piece).length) : piece;
    return `${taken}${kept}`;
  });
}

const PREF = (index: number, count: number): string => (count > 1 ? `;PREF=${index + 1}` : '');

/** '1990-03-15' -> '19900315', '--03-15' -> '--0315' (RFC 6350, 4.3.1). */
const basicDate = (birthday: string): string =>
  birthday.startsWith('--') ? `--${birthday.slice(2).replace('-', '')}` : birthday.replaceAll('-', '');

function linesOf(contact: ExportedContact): string[] {
  const { name, emails, phones } = contact;
  const text = (property: string, value: string | undefined): string[] =>
    value === undefined || value === '' ? [] : [`${property}:${escapeText(value)}`];
  const shown = name.full || (emails[0] ?? contact.linkedin[0] ?? phones[0] ?? contact.id);
  const parts = [name.family, name.given, '', name.prefix, name.suffix].map(escapePart);
  const { city = '', country = '' } = contact;
  return [
    'BEGIN:VCARD',
    'VERSION:4.0',
    'KIND:individual',
    `UID:urn:uuid:${contact.id}`,
    ...text('FN', shown),
    ...(parts.some((part) => part !== '') ? [`N:${parts.join(';')}`] : []),
    ...emails.map((email, index) => `EMAIL${PREF(index, emails.length)}:${escapeText(email)}`),
    ...phones.map((phone, index) => `TEL${PREF(index, phones.length)}:${escapeText(phone)}`),
    ...contact.linkedin.map((slug) => `URL:${profileUrl(slug)}`),
    ...(contact.company === undefined ? [] : [`ORG:${escapePart(contact.company)}`]),
    ...text('TITLE', contact.title),
    ...(city === '' && country === '' ? [] : [`ADR:;;;${escapePart(city)};;;${escapePart(country)}`]),
    ...(contact.birthday === undefined ? [] : [`BDAY:${basicDate(contact.birthday)}`]),
    ...text('LANG', contact.language),
    ...text('TZ', contact.zone),
    ...text('X-FORM-OF-ADDRESS', contact.form),
    ...(contact.consent === undefined ? [] : [`X-CONSENT:${contact.consent ? 'yes' : 'no'}`]),
    ...text('X-ORIGIN', contact.origin),
    ...text('X-PRIORITY', contact.priority),
    ...text('X-CIRCLE', contact.circle),
    ...contact.encounters.flatMap((encounter) => text('X-ENCOUNTER', encounterWords(encounter))),
    ...text('NOTE', contact.notes),
    'END:VCARD',
  ];
}

/** One card with its lines folded. */
export function writeCard(contact: ExportedContact): string {
  return linesOf(contact).map(foldLine).join('');
}

export function vcardWriter(): ExportWriter {
  return { head: () => '', contact: writeCard, end: () => '' };
}
