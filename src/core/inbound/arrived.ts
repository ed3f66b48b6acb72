import { header, type ParsedMail } from './mail.js';

/**
 * When a mail arrived at the owner's server: by its topmost Received field (RFC 5321, 4.4), which that server wrote, else
 * by the Date its writer gave it. Never later than `now`, when it came to us.
 */
export function arrivedAt(mail: ParsedMail, now: Date): Date {
  const stamped = new Date(/;([^;]*)$/.exec(header(mail, 'received'))?.[1]?.trim() ?? '');
  const at = Number.isNaN(stamped.getTime()) ? mail.date : stamped;
  return at !== null && at < now ? at : now;
}
