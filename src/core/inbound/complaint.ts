import { addressIn, fieldBlocks, header, part, type ParsedMail } from './mail.js';
import { recipientsOf } from './plain-recipient.js';

/**
 * A feedback report (RFC 5965). "not-spam" takes a complaint back and "auth-failure" (RFC 6591) tells of DKIM and SPF;
 * neither is one. Any other type counts as `other` does, for
 * a complaint (RFC 5965, 3.1), `opt-out` of the drafts too. The recipient is who complained, where the provider does not hide it.
 */
export function complaintIn(
  mail: ParsedMail,
): { kind: 'complaint' | 'other'; recipient: string | null; why: string } | null {
  const report = part(mail, /^message\/feedback-report/i);
  const typed = /report-type="?feedback-report/i.test(header(mail, 'content-type'));
  if (report === null && !typed && !isOldForm(mail)) return null;
  const blocks = fieldBlocks(report ?? mail.text);
  const stated = blocks.find((fields) => fields.has('feedback-type'))?.get('feedback-type') ?? 'abuse';
  const type = /[a-z-]{1,40}/i.exec(stated)?.[0].toLowerCase() ?? 'abuse';
  const why = `a feedback report of a provider: ${type}`;
  if (/^(?:not-spam|auth-failure|dmarc)/.test(type)) return { kind: 'other', recipient: null, why };
  const returned = part(mail, /^(?:message\/rfc822|text\/rfc822-headers|message\/global)/i) ?? '';
  const named = blocks.map((fields) => fields.get('original-rcpt-to') ?? fields.get('removal-recipient'));
  return {
    kind: 'complaint',
    recipient:
      addressIn(named.find((each) => each !== undefined)) ??
      addressIn(header(mail, 'x-hmxmroriginalrecipient')) ??
      recipientsOf(returned)[0] ??
      null,
    why,
  };
}

/** Microsoft's junk mail reports are the mail itself, or carry it, with no feedback-report part. */
function isOldForm(mail: ParsedMail): boolean {
  if (header(mail, 'x-hmxmroriginalrecipient') !== '') return true;
  return (
    /^staff@hotmail\.com$/i.test(mail.from?.address ?? '') && /^complaint about message/i.test(mail.subject)
  );
}
