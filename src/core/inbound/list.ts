import { header, type ParsedMail } from './mail.js';

const MARKS = [
  'list-id',
  'list-post',
  'list-help',
  'list-unsubscribe',
  'mailing-list',
  'x-mailing-list',
  'x-beenthere',
  'x-mailman-version',
  'x-list-member',
  'newsgroups',
];
/** What sending services put on everything; only with a word about bulk does it say something. */
const WITH_BULK = [
  'feedback-id',
  'x-campaign-id',
  'x-campaignid',
  'errors-to',
  'x-mc-user',
  'x-report-abuse',
];

/** Who sends for a list, as list managers without marks of their own name it. */
const MANAGER =
  /(?:^|[\s<])(?:owner-[^@\s]{1,100}|[^@\s<]{1,100}-(?:owner|bounces?|admin|request)(?:\+[^@\s]{0,100})?)@/i;

/**
 * An address that several people read may put its List-Id on what comes to it; a list says besides how to post to it or
 * how to leave it.
 */
export function isSharedAddress(mail: ParsedMail): boolean {
  return (
    header(mail, 'list-id') !== '' &&
    ['list-post', 'list-unsubscribe', 'list-help', 'precedence'].every((key) => header(mail, key) === '')
  );
}

/** A mailing list or a newsletter, which answers nothing of ours; in words by what. */
export function listMail(mail: ParsedMail): string | null {
  const found = MARKS.find((key) => header(mail, key) !== '');
  if (found !== undefined) return `the header ${found}`;
  const precedence = header(mail, 'precedence').slice(0, 20);
  if (/^list$/i.test(precedence)) return `Precedence: ${precedence}`;
  if (!/^(?:bulk|junk)$/i.test(precedence)) return null;
  const bulk =
    WITH_BULK.find((key) => header(mail, key) !== '') ??
    ['sender', 'return-path'].find((key) => MANAGER.test(header(mail, key).slice(0, 400)));
  return bulk === undefined ? null : `${bulk} and Precedence: ${precedence}`;
}
