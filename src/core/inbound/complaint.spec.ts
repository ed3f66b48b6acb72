import { complaintIn } from './complaint.js';
import type { ParsedMail } from './mail.js';

const report = (type: string): ParsedMail => ({
  headers: [],
  from: { address: 'feedback@example.net', name: '' },
  to: ['abuse@example.org'],
  subject: 'A feedback report',
  text: 'This is a report of a mail.',
  date: null,
  messageId: null,
  inReplyTo: null,
  references: [],
  parts: [
    {
      contentType: 'message/feedback-report',
      content: `Feedback-Type: ${type}\nUser-Agent: Reporter/1\nVersion: 1\nOriginal-Rcpt-To: <Ada@example.com>\n`,
    },
  ],
});

describe('complaintIn', () => {
  it.each(['abuse', 'fraud', 'virus', 'other', 'opt-out', 'something-new'])(
    'takes %s for a complaint',
    (type) => {
      expect(complaintIn(report(type))).toMatchObject({ kind: 'complaint', recipient: 'ada@example.com' });
    },
  );

  it.each(['not-spam', 'auth-failure'])('takes %s for none', (type) => {
    expect(complaintIn(report(type))).toMatchObject({ kind: 'other' });
  });

  it('leaves other mails alone', () => {
    expect(complaintIn({ ...report('abuse'), parts: [] })).toBeNull();
  });
});
