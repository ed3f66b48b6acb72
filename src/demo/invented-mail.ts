import type { ParsedMail } from '../core/inbound.js';
import { localDate, seededFraction } from '../core/schedule.js';

/** A mail as the other side would write it: RFC 5322, with the thread's ids and our words quoted below. */
export interface Answer {
  from: { name: string; address: string };
  to: ParsedMail;
  at: Date;
  text: string;
  /** More headers, e.g. Auto-Submitted. */
  headers?: readonly string[];
  /** Instead of "Re: ...". */
  subject?: string;
  quoted?: boolean;
  /** What makes the Message-ID theirs. */
  seed: string;
}

export function answerMail(answer: Answer): Buffer {
  const { from, to, at, text, seed, quoted = true } = answer;
  const ours = to.from;
  const id = to.messageId ?? '';
  const subject = answer.subject ?? (/^re:/i.test(to.subject) ? to.subject : `Re: ${to.subject}`);
  const head = [
    `Date: ${at.toUTCString().replace('GMT', '+0000')}`,
    `From: ${named(from.name, from.address)}`,
    `To: ${named(ours?.name ?? '', ours?.address ?? '')}`,
    `Subject: ${encoded(subject)}`,
    `Message-ID: ${messageId(seed, from.address)}`,
    `In-Reply-To: ${id}`,
    `References: ${[...to.references, id].join('\r\n ')}`,
    ...(answer.headers ?? []),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
  ];
  const body = quoted ? `${text}\n\n${from.name}\n\n${quote(to)}` : text;
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${base64(body)}\r\n`);
}

/** An RFC 3834 answer of a machine: away, and back on a day it names. */
export function awayMail(answer: Omit<Answer, 'text' | 'headers' | 'subject'>, backOn: string): Buffer {
  return answerMail({
    ...answer,
    subject: `Automatic reply: ${answer.to.subject}`,
    text: `Thank you for your message. I am away and will be back on ${backOn}. Mail is not forwarded.\n\n${answer.from.name}`,
    headers: ['Auto-Submitted: auto-replied', 'X-Auto-Response-Suppress: All', 'Precedence: auto_reply'],
    quoted: false,
  });
}

/** A delivery status notification (RFC 3464) in a multipart/report (RFC 6522), with the headers of our mail. */
export function bounceMail(input: {
  to: ParsedMail;
  address: string;
  at: Date;
  severity: 'hard' | 'soft';
  seed: string;
}): Buffer {
  const { to, address, at, severity, seed } = input;
  const host = `mx.${address.split('@')[1] ?? 'example.com'}`;
  const hard = severity === 'hard';
  const status = hard ? '5.1.1' : '4.4.7';
  const said = hard
    ? `550 5.1.1 <${address}>: no mailbox of this name here`
    : `451 4.4.7 <${address}>: delivery is delayed, we keep trying`;
  const boundary = `report-${digits(seed)}`;
  const lines = [
    'Return-Path: <>',
    `Date: ${at.toUTCString().replace('GMT', '+0000')}`,
    `From: Mail Delivery System <MAILER-DAEMON@${host}>`,
    `To: ${to.from?.address ?? ''}`,
    `Subject: ${hard ? 'Undelivered Mail Returned to Sender' : 'Delivery Status Notification (Delay)'}`,
    `Message-ID: ${messageId(seed, `daemon@${host}`)}`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=us-ascii',
    '',
    `This is the mail system at ${host}. Your message to <${address}> ${hard ? 'could not be delivered' : 'is delayed'}.`,
    '',
    `--${boundary}`,
    'Content-Type: message/delivery-status',
    '',
    `Reporting-MTA: dns; ${host}`,
    '',
    `Final-Recipient: rfc822; ${address}`,
    `Action: ${hard ? 'failed' : 'delayed'}`,
    `Status: ${status}`,
    `Diagnostic-Code: smtp; ${said}`,
    '',
    `--${boundary}`,
    'Content-Type: text/rfc822-headers',
    '',
    `From: ${to.from?.address ?? ''}`,
    `To: ${address}`,
    `Subject: ${encoded(to.subject)}`,
    `Message-ID: ${to.messageId ?? ''}`,
    '',
    `--${boundary}--`,
    '',
  ];
  return Buffer.from(lines.join('\r\n'));
}

/** As an absence note writes a day: "7 December 2026". */
export function dayInWords(at: Date, zone: string): string {
  const date = new Date(`${localDate(at, zone)}T12:00:00Z`);
  return date.toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

function quote(mail: ParsedMail): string {
  const day = mail.date ? dayInWords(mail.date, 'UTC') : 'that day';
  const lines = mail.text.trimEnd().split('\n');
  return [`On ${day}, ${mail.from?.name ?? ''} wrote:`, ...lines.map((line) => `> ${line}`.trimEnd())].join(
    '\n',
  );
}

function messageId(seed: string, address: string): string {
  return `<${digits(seed)}.${digits(`${seed} id`)}@${address.split('@')[1] ?? 'example.com'}>`;
}

function digits(seed: string): string {
  return Math.floor(seededFraction(seed) * 1e9).toString(36);
}

function named(name: string, address: string): string {
  return name === '' ? address : `${encoded(name)} <${address}>`;
}

/** RFC 2047, where a header holds more than ASCII. */
function encoded(text: string): string {
  if (/^[ -~]*$/.test(text)) return text;
  return `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
}

function base64(text: string): string {
  const bytes = Buffer.from(text.replace(/\r?\n/g, '\r\n')).toString('base64');
  return bytes.replace(/.{76}/g, '$&\r\n');
}
