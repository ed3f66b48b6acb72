/** The Message-ID of our mail that the samples answer or send back. */
export const OURS = '<0193-first@example.org>';
export const ANSWERING = [`In-Reply-To: ${OURS}`, `References: ${OURS}`];

export interface MailParts {
  from?: string;
  to?: string;
  subject?: string;
  headers?: string[];
  date?: string;
  text?: string;
}

let count = 0;
/** A received mail, from Grace to Ada unless said otherwise; each has a Message-ID of its own. */
export function mail({
  from = 'Grace Hop <grace@example.com>',
  to = 'Ada <ada@example.org>',
  subject,
  headers = [],
  date = '2026-11-26T09:00:00Z',
  text,
}: MailParts): Buffer {
  return Buffer.from(
    [
      `From: ${from}`,
      `To: ${to}`,
      `Subject: ${subject ?? 'Re: After DevConf'}`,
      `Message-ID: <in-${(count += 1)}@example.com>`,
      `Date: ${new Date(date).toUTCString()}`,
      'MIME-Version: 1.0',
      ...(headers.some((line) => /^content-type/i.test(line))
        ? []
        : ['Content-Type: text/plain; charset=utf-8']),
      ...headers,
      '',
      text ?? 'Hello, thank you for your mail.',
    ].join('\r\n'),
  );
}

/** A server's report on one recipient. `id`: of the mail it sends back; null: it names none. */
export function report(
  status: string,
  diagnostic: string,
  over: { recipient?: string; action?: string; id?: string | null } = {},
): Buffer {
  const { recipient = 'grace@example.com', action = 'failed', id = OURS } = over;
  const text = ['--b', 'Content-Type: text/plain', '', 'Your message could not be delivered.', '--b', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.example.com', '', `Final-Recipient: rfc822; ${recipient}`, `Action: ${action}`, `Status: ${status}`, `Diagnostic-Code: smtp; ${diagnostic}`, '', '--b', 'Content-Type: message/rfc822', '', ...(id === null ? [] : [`Message-ID: ${id}`]), 'To: grace@example.com', 'Subject: After DevConf', '', 'Hi', '--b--', ''].join('\r\n'); // prettier-ignore
  return mail({
    from: 'Mail Delivery System <mailer-daemon@mx.example.com>',
    subject: 'Undelivered Mail Returned to Sender',
    headers: [
      'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
      'Auto-Submitted: auto-replied',
    ],
    text,
  });
}

/** A feedback report (RFC 5965). */
export function complaint(): Buffer {
  const text = ['--b', 'Content-Type: text/plain', '', 'This is a spam report.', '--b', 'Content-Type: message/feedback-report', '', 'Feedback-Type: abuse', 'User-Agent: Example/1', 'Version: 1', '', '--b', 'Content-Type: message/rfc822', '', `Message-ID: ${OURS}`, 'To: grace@example.com', 'Subject: After DevConf', '', 'Hi', '--b--', ''].join('\r\n'); // prettier-ignore
  return mail({
    from: 'Feedback <fbl@example.net>',
    subject: 'Complaint',
    headers: ['Content-Type: multipart/report; report-type=feedback-report; boundary="b"'],
    text,
  });
}
