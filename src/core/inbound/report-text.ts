import { TEXT_LIMIT, type ParsedMail } from './mail.js';

/** A mail program's line above a mail that it forwards. */
const FORWARDED =
  /^[\s-]{0,12}(?:begin forwarded message|forwarded message|original message|weitergeleitete nachricht|anfang der weitergeleiteten nachricht|message transféré|mensaje reenviado|messaggio inoltrato)[\s:-]{0,12}$/imu;
export const FORWARD = /^(?:fwd?|wg|tr|rv)\s{0,3}:/iu;

/** A report that somebody sends on with hardly a word of their own, as the server wrote it; null where it is none. */
export function forwardedReport(mail: ParsedMail): ParsedMail | null {
  const line = FORWARD.test(mail.subject) ? FORWARDED.exec(mail.text.slice(0, TEXT_LIMIT)) : null;
  if (!line) return null;
  const own = mail.text.slice(0, line.index).trim();
  const inner = mail.text
    .slice(line.index + line[0].length, TEXT_LIMIT)
    .replace(/^>+ ?/gmu, '')
    .trim();
  const from = /^from:\s{0,4}(.{1,200})$/imu.exec(inner.slice(0, 1000))?.[1] ?? '';
  const daemon = /mailer-daemon|postmaster@|mail delivery (?:sub)?system/iu.test(from);
  if (!daemon || own.length > 30 || /[?@]/u.test(own)) return null;
  const subject = /^subject:\s{0,4}(.{1,300})$/imu.exec(inner.slice(0, 1000))?.[1] ?? '';
  const text = inner.replace(/^(?:[\w-]{1,40}:[^\n]*\n|[ \t]+\S[^\n]*\n){1,12}/u, '');
  return {
    ...mail,
    from: { address: 'mailer-daemon@', name: from },
    subject,
    text,
    references: [],
    inReplyTo: null,
  };
}

/** With the text of parts whose type is miswritten, as by old mailers: a parser leaves them beside the text. */
export function withLostText(mail: ParsedMail): ParsedMail {
  const lost = mail.parts.filter(({ contentType }) => /^text\/plain\s+[a-z]/iu.test(contentType));
  if (lost.length === 0) return mail;
  return { ...mail, text: [...lost.map(({ content }) => content), mail.text].join('\n').slice(0, 200_000) };
}
