import { deliveryReport } from './bounce.js';
import type { ParsedMail } from './mail.js';

const daemon = (text: string, more: Partial<ParsedMail> = {}): ParsedMail => ({
  headers: [{ key: 'return-path', value: '<>' }],
  from: { address: 'mailer-daemon@mx.example.net', name: 'Mail Delivery System' },
  to: ['me@example.org'],
  subject: 'Undelivered Mail Returned to Sender',
  text,
  date: new Date('2026-11-20T09:00:00Z'),
  messageId: '<b@mx.example.net>',
  inReplyTo: null,
  references: [],
  parts: [],
  ...more,
});

const OURS = `Received: from desk.example.org by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0000
Message-Id: <ours@example.org>
From: me@example.org
To: Ada <ada@example.com>
Subject: DevConf

Hello Ada, mailbox full of ideas? user unknown to nobody.`;

describe('deliveryReport: prose of many mailers', () => {
  it.each([
    [
      'qmail',
      `Hi. This is the qmail-send program at mx.example.net.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<ada@example.com>:\n192.0.2.7 does not like recipient.\nRemote host said: 552 5.2.2 mailbox is over quota\nGiving up on 192.0.2.7.\n\n--- Below this line is a copy of the message.\n\n${OURS}`,
      { severity: 'soft', reason: 'mailbox-full', status: '5.2.2' },
    ],
    [
      'Exim',
      `This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  ada@example.com\n    SMTP error from remote mail server after RCPT TO:<ada@example.com>:\n    host mx.example.com [192.0.2.7]: 550 sorry, no such user\n\n------ This is a copy of the message, including all the headers. ------\n\n${OURS}`,
      { severity: 'hard', reason: 'user-unknown', status: null },
    ],
    [
      'sendmail',
      `   ----- The following addresses had permanent fatal errors -----\n<ada@example.com>\n    (reason: 554 5.7.1 Service refused; 192.0.2.1 is on a block list)\n\n   ----- Transcript of session follows -----\n... while talking to mx.example.com.:\n>>> DATA\n<<< 554 5.7.1 Service refused; 192.0.2.1 is on a block list`,
      { severity: 'blocked', reason: 'policy', status: '5.7.1' },
    ],
    [
      'a filter after DATA',
      `<ada@example.com>: host mx.example.com[192.0.2.7] said: 550 Unknown user ada@example.com (in reply to end of\n    DATA command)`,
      { severity: 'blocked', reason: 'policy', status: null },
    ],
    [
      'a German server',
      `Ihre Nachricht konnte nicht zugestellt werden.\n\nada@example.com\n  Der Empfänger ist unbekannt.`,
      { severity: 'hard', reason: 'user-unknown', status: null },
    ],
    [
      'a Japanese server',
      `次の宛先にメールを配信できませんでした。\n\nada@example.com\nメールボックスの容量がいっぱいです。`,
      { severity: 'soft', reason: 'mailbox-full', status: null },
    ],
  ])('reads %s', (_name, text, expected) => {
    expect(deliveryReport(daemon(text))).toMatchObject({
      kind: 'bounce',
      recipient: 'ada@example.com',
      ...expected,
    });
  });

  it('takes the words of the returned mail for nobody’s reason', () => {
    const text = `Your message could not be delivered.\n\n--- The header of the original message follows ---\n\n${OURS}`;
    expect(deliveryReport(daemon(text))).toMatchObject({ reason: 'other', recipient: 'ada@example.com' });
  });

  it('takes each recipient’s own words', () => {
    const text = `I wasn't able to deliver your message to the following addresses.\n\n<bob@example.com>:\n550 5.1.1 no such user here\n\n<ada@example.com>:\n552 5.2.2 mailbox full`;
    expect(deliveryReport(daemon(text))).toMatchObject({
      recipient: 'bob@example.com',
      reason: 'user-unknown',
      status: '5.1.1',
    });
  });

  it('knows a delay from a failure', () => {
    const later = `Delivery to the following recipient has been delayed:\n\n  ada@example.com\n\nThe message will be retried for 2 more days. 450 4.2.0 greylisted`;
    expect(deliveryReport(daemon(later, { subject: 'Delivery delayed' }))).toMatchObject({
      kind: 'delay',
      recipient: 'ada@example.com',
    });
    const over = `Delivery to the following recipient was delayed and we are giving up:\n\n  ada@example.com\n\nretry timeout exceeded`;
    expect(deliveryReport(daemon(over))).toMatchObject({
      kind: 'bounce',
      severity: 'soft',
      reason: 'expired',
    });
  });

  it('takes what will be retried for a delay', () => {
    const text = `Your message could not be delivered for more than 4 hour(s).\nIt will be retried until it is 5 day(s) old.\n\n<ada@example.com>: host mx.example.com[192.0.2.7] said: 451 try again later (in reply to RCPT TO command)`;
    expect(deliveryReport(daemon(text, { subject: 'Delayed Mail (still being retried)' }))).toMatchObject({
      kind: 'delay',
      recipient: 'ada@example.com',
    });
  });

  it('takes a warning for a delay although it tells when it will give up', () => {
    const text = `This message was created automatically by mail delivery software.\n\nA message that you sent has not yet been delivered to all its recipients\nafter more than 24 hours on the queue on mx.example.net.\n\nThe address to which the message has not yet been delivered is:\n\n  ada@example.com\n\nNo action is required on your part. Eventually the mail delivery software will give up.`;
    expect(deliveryReport(daemon(text, { subject: 'Warning: message 1a delayed 24 hours' }))).toMatchObject({
      kind: 'delay',
      recipient: 'ada@example.com',
    });
  });

  it('reads of several sessions the one with the recipient, and a refusal before a broken line', () => {
    const text = `   ----- Transcript of session follows -----\nWhile talking to mx.example.org:\n>>> DATA\n<<< 550 You are on our block list\n554 <bob@example.org>... Remote protocol error\nWhile talking to mx.example.com:\n>>> RCPT To:<ada@example.com>\n<<< 550 No such user here\n550 <ada@example.com>... User unknown\n421 mx.example.com (smtp)... Deferred: Connection timed out\n\n   ----- Unsent message follows -----\n${OURS}`;
    expect(deliveryReport(daemon(text))).toMatchObject({
      recipient: 'ada@example.com',
      reason: 'user-unknown',
      severity: 'hard',
    });
  });

  it('believes a plain word about the account at whatever stage', () => {
    const text = `<ada@example.com>: host mx.example.com[192.0.2.7] said: 554 delivery error: This user doesn't have an example.com account (in reply to end of\n    DATA command)`;
    expect(deliveryReport(daemon(text))).toMatchObject({ severity: 'hard', reason: 'user-unknown' });
    const vague = `<ada@example.com>: host mx.example.com[192.0.2.7] said: 550 5.2.1 mailbox unavailable (in reply to RCPT TO command)`;
    expect(deliveryReport(daemon(vague))).toMatchObject({ severity: 'soft', reason: 'suspended' });
  });

  const said = (answer: string): string =>
    `<ada@example.com>: host mx.example.com[192.0.2.7] said: ${answer}`;
  it.each([
    ['a code for addresses', said('550 5.1.1 no such user'), 'user-unknown', 'hard'],
    ['the answer to RCPT', said('550 no such user (in reply to RCPT TO command)'), 'user-unknown', 'hard'],
    [
      'a DATA that was sent without waiting',
      '>>> DATA\n<<< 553 5.3.0 <ada@example.com>... unknown user\n550 5.1.1 <ada@example.com>... User unknown\n<<< 503 5.0.0 Need RCPT (recipient)',
      'user-unknown',
      'hard',
    ],
    ['the mailer’s own look', '<ada@example.com>: unknown user: "ada"', 'user-unknown', 'hard'],
    [
      'a mailbox looked for once the mail is there',
      said(
        '550 Local mailbox ada@example.com is\n    unavailable: user not found (in reply to end of DATA command)',
      ),
      'user-unknown',
      'hard',
    ],
    ['hearsay', said('550 unknown user'), 'policy', 'blocked'],
    ['a code for rules', said('550 5.7.1 unknown user'), 'policy', 'blocked'],
    ['an answer to DATA', said('550 unknown user (in reply to DATA command)'), 'policy', 'blocked'],
    [
      'a transcript whose only code of addresses is the reporter’s gloss',
      '>>> DATA\n<<< 550 5.0.0 unknown user\n550 5.1.1 <ada@example.com>... User unknown',
      'policy',
      'blocked',
    ],
    [
      'a word in general that the account is disabled',
      `${said('550 user unknown (in reply to RCPT TO command)')}\n\nThe account is disabled.`,
      'suspended',
      'soft',
    ],
    [
      'another recipient whose account is disabled',
      `${said('550 user unknown (in reply to RCPT TO command)')}\n\n<bob@example.com>: this account is disabled`,
      'user-unknown',
      'hard',
    ],
  ])('calls nobody dead without proof: %s', (_name, text, reason, severity) => {
    expect(deliveryReport(daemon(text))).toMatchObject({ recipient: 'ada@example.com', reason, severity });
  });

  it('says of words that it does not believe whose words they are', () => {
    expect(deliveryReport(daemon(said('550 unknown user (in reply to DATA command)')))).toMatchObject({
      why: "the server's words: user unknown, but as filters say it",
    });
  });

  it.each([
    [
      'an answer that another server’s greeting gives',
      said('refused to talk to me:\n    421 too many connections'),
      'rate',
    ],
    [
      'a server that hangs up on the sender by name',
      'SMTP error from remote mail server after HELO desk.example.org:\n    host mx.example.com [192.0.2.7]: 550 Go away <ada@example.com>',
      'policy',
    ],
    ['a greeting without a reason', said('refused to talk to me: 554 mx.example.com'), 'policy'],
    [
      'an answer folded before an address',
      said('550 5.1.1\n    <me@example.org>: unauthorized sender'),
      'policy',
    ],
    [
      'loose words beside a plain code',
      said('550 5.1.1 recipient address rejected: example.com'),
      'user-unknown',
    ],
    [
      'words glued to an address',
      said('550 ada@example.com...User unknown (in reply to RCPT TO command)'),
      'user-unknown',
    ],
    [
      'a name server that may know tomorrow',
      '<ada@example.com>: Host or domain name not found. Name service error for name=example.com type=MX: Host not found, try again',
      'network',
    ],
    [
      'a link that a filter of ours rewrote',
      said('550 5.1.1 x https://urldefense.proofpoint.example/v2/reputation not known'),
      'user-unknown',
    ],
  ])('reads %s', (_name, text, reason) => {
    expect(deliveryReport(daemon(text))).toMatchObject({ recipient: 'ada@example.com', reason });
  });

  it.each([
    [
      'the address we wrote to, where an alias failed',
      `   ----- The following addresses had permanent fatal errors -----\nadmin@host.example.org\n    (expanded from: ada@example.com)\n\n554 Too many hops`,
      {},
      'ada@example.com',
    ],
    [
      'the one inside the brackets',
      `A message that you sent contained recipient addresses that were incorrectly constructed:\n\n  bob@example.com <ada@example.com>: malformed address`,
      {},
      'ada@example.com',
    ],
    [
      'the one in the header, where the text names none',
      'Message not delivered. Your account settings are misconfigured.',
      {
        headers: [{ key: 'x-failed-recipients', value: 'ada@example.com' }],
        parts: [{ contentType: 'message/rfc822', content: 'To: eve@example.org\nSubject: x\n\n' }],
      },
      'ada@example.com',
    ],
    [
      'the list that we may not post to',
      'You are not a member of this mailing list <list@example.com>.\n\nSend mail to the address\n\n  list-ctl@example.com',
      {},
      'list@example.com',
    ],
    [
      'the one in a part whose type is miswritten',
      'Hello again\n',
      {
        parts: [
          {
            contentType: 'text/plain   charset=iso-2022-jp',
            content: '---The following addresses had delivery errors---\n\nada@example.com [User unknown]\n',
          },
        ],
      },
      'ada@example.com',
    ],
  ])('finds %s', (_name, text, more, recipient) => {
    expect(deliveryReport(daemon(text, more))).toMatchObject({ kind: 'bounce', recipient });
  });

  it('reads a report that somebody sends on without a word of their own', () => {
    const from = {
      from: { address: 'bob@example.org', name: 'Bob' },
      headers: [],
      subject: 'Fwd: Returned mail',
    };
    const forwarded = `Begin forwarded message:\n\n> From: Mail Delivery Subsystem <MAILER-DAEMON@mx.example.net>\n> Subject: Returned mail: see transcript\n>\n>    ----- The following addresses had permanent fatal errors -----\n> <ada@example.com>\n>     (reason: 550 5.1.1 User unknown)\n`;
    expect(deliveryReport(daemon(forwarded, from))).toMatchObject({
      kind: 'bounce',
      recipient: 'ada@example.com',
      severity: 'hard',
    });
    expect(deliveryReport(daemon(`Shall we call her?\n\n${forwarded}`, from))).toBeNull();
    const other = forwarded.replace(
      'Mail Delivery Subsystem <MAILER-DAEMON@mx.example.net>',
      'Eve <eve@example.org>',
    );
    expect(deliveryReport(daemon(other, from))).toBeNull();
  });

  it('names each of several recipients', () => {
    const text = `I wasn't able to deliver your message to the following addresses.\n\n<bob@example.com>:\n550 5.1.1 no such user here\n\n<ada@example.com>:\n552 5.2.2 mailbox full`;
    expect(deliveryReport(daemon(text))).toMatchObject({
      recipients: [
        { recipient: 'bob@example.com', status: '5.1.1', reason: 'user-unknown', severity: 'hard' },
        { recipient: 'ada@example.com', status: '5.2.2', reason: 'mailbox-full', severity: 'soft' },
      ],
    });
  });

  it('leaves people alone who quote or forward a report', () => {
    const person = { from: { address: 'ada@example.com', name: 'Ada' }, headers: [] };
    const text =
      'Did you see this?\n\n<bob@example.com>: 550 5.1.1 user unknown\nYour message could not be delivered.';
    expect(deliveryReport(daemon(text, { ...person, subject: 'Fwd: Undelivered Mail' }))).toBeNull();
    expect(deliveryReport(daemon('See you on Monday', { ...person, subject: 'Monday' }))).toBeNull();
  });

  it.each([
    ['Fwd: Undelivered Mail Returned to Sender', 'Do you have a newer address of hers?'],
    ['What is this?', 'I got the attached from your server.'],
    ['Undelivered mail', 'What does this mean? Your message could not be delivered, it says.'],
  ])('blames no address for a report that a person attaches: %s', (subject, text) => {
    const content =
      'Final-Recipient: rfc822; bob@example.com\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 User unknown';
    const headers = [
      { key: 'return-path', value: '<ada@example.com>' },
      { key: 'content-type', value: 'multipart/mixed; boundary=b' },
    ];
    const mail = {
      headers,
      from: { address: 'ada@example.com', name: 'Ada' },
      subject,
      parts: [{ contentType: 'message/delivery-status', content }],
    };
    expect(deliveryReport(daemon(text, mail))).toBeNull();
    const own = [{ key: 'content-type', value: 'multipart/report; report-type=delivery-status' }];
    expect(deliveryReport(daemon(text, { ...mail, headers: own }))).toMatchObject({ severity: 'hard' });
  });

  it.each([
    ['542 ada@example.com Rejected', { severity: 'hard', reason: 'user-unknown' }],
    ['550 cuda_nsu No such recipient', { severity: 'hard', reason: 'user-unknown' }],
    ['550 No such recipient', { severity: 'blocked', reason: 'policy' }],
    ['554 ada@example.com Rejected', { severity: 'blocked', reason: 'policy' }],
    ['550 Virus detected; content rejected', { severity: 'blocked', reason: 'content' }],
  ])('knows what a gateway means by "%s"', (answer, expected) => {
    const content = `Final-Recipient: rfc822; ada@example.com\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; ${answer}`;
    const parts = [{ contentType: 'message/delivery-status', content }];
    expect(deliveryReport(daemon('', { parts }))).toMatchObject(expected);
  });
});

describe('deliveryReport: reports for machines', () => {
  const fields = (recipients: string): string => `Reporting-MTA: dns; mx.example.net\n\n${recipients}`;

  it('names the one that failed among several', () => {
    const content = fields(
      'Final-Recipient: rfc822; bob@example.com\nAction: relayed\nStatus: 2.1.5\n\n' +
        'Final-Recipient: rfc822; ada@example.com\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 no such user',
    );
    const parts = [{ contentType: 'message/global-delivery-status', content }];
    expect(deliveryReport(daemon('See the report.', { parts }))).toMatchObject({
      kind: 'bounce',
      severity: 'hard',
      recipient: 'ada@example.com',
    });
  });

  it('tells of everybody who did not get it, and which address was ours', () => {
    const content = fields(
      'Final-Recipient: rfc822; bob@host.example.com\nOriginal-Recipient: rfc822; bob@example.com\nAction: failed\nStatus: 5.1.1\n\n' +
        'Final-Recipient: rfc822; eve@example.com\nAction: delivered\nStatus: 2.1.5\n\n' +
        'Final-Recipient: rfc822; ada@example.com\nAction: delayed\nStatus: 4.2.2',
    );
    const parts = [{ contentType: 'message/delivery-status', content }];
    expect(deliveryReport(daemon('See the report.', { parts }))).toMatchObject({
      recipient: 'bob@host.example.com',
      originalRecipient: 'bob@example.com',
      recipients: [
        { recipient: 'bob@host.example.com', severity: 'hard' },
        { recipient: 'ada@example.com', reason: 'mailbox-full', severity: null },
      ],
    });
    const alone = [
      {
        contentType: 'message/delivery-status',
        content: content.split('\n\nFinal-Recipient: rfc822; eve')[0] ?? '',
      },
    ];
    expect(deliveryReport(daemon('See the report.', { parts: alone }))).not.toHaveProperty('recipients');
  });

  it('takes the stage at which each of several recipients was refused', () => {
    const one = (who: string): string =>
      `Final-Recipient: rfc822; ${who}\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 unknown user`;
    const at = (who: string, stage: string): string =>
      `<${who}>: host mx.example.com[192.0.2.7] said: 550 unknown user (in reply to\n    ${stage} command)`;
    const ada = { recipient: 'ada@example.com', reason: 'user-unknown', severity: 'hard' };
    const bob = { recipient: 'bob@example.com', reason: 'policy', severity: 'blocked' };
    const content = fields(`${one('ada@example.com')}\n\n${one('bob@example.com')}`);
    const text = `${at('bob@example.com', 'end of DATA')}\n\n${at('ada@example.com', 'RCPT TO')}`;
    expect(
      deliveryReport(daemon(text, { parts: [{ contentType: 'message/delivery-status', content }] })),
    ).toMatchObject({ ...ada, recipients: [ada, bob] });
  });

  it('reads a report inside a report, and one whose parts fell apart', () => {
    const report = fields('Final-Recipient: rfc822; ada@example.com\nAction: failed\nStatus: 5.2.2');
    const inner = `From: mailer-daemon@example.com\nContent-Type: multipart/report; report-type=delivery-status\n\n${report}`;
    const nested = daemon('Delivery has failed, see the attached mail.', {
      parts: [{ contentType: 'message/rfc822', content: inner }],
    });
    expect(deliveryReport(nested)).toMatchObject({ recipient: 'ada@example.com', reason: 'mailbox-full' });
    const flat = daemon(
      `--x\nThe mail could not be delivered.\n--x\nContent-Type: message/delivery-status\n\n${report}`,
    );
    expect(deliveryReport(flat)).toMatchObject({ recipient: 'ada@example.com', status: '5.2.2' });
  });

  it('reads the notices that a sending service mails as JSON', () => {
    const notice = (about: object): ParsedMail =>
      daemon(`${JSON.stringify(about)}\n\n--\nTo stop these notices, click.`, {
        from: { address: 'no-reply@notices.example.net', name: 'Notices' },
        subject: 'Notification Message',
      });
    const who = {
      emailAddress: 'ada@example.com',
      action: 'failed',
      status: '5.1.1',
      diagnosticCode: 'smtp; 550 no such user',
    };
    const bounce = {
      notificationType: 'Bounce',
      bounce: { bounceType: 'Permanent', bouncedRecipients: [who] },
    };
    expect(deliveryReport(notice(bounce))).toMatchObject({
      kind: 'bounce',
      severity: 'hard',
      recipient: 'ada@example.com',
    });
    expect(deliveryReport(notice({ Type: 'Notification', Message: JSON.stringify(bounce) }))).toMatchObject({
      status: '5.1.1',
    });
    const complaint = { notificationType: 'Complaint', complaint: { complainedRecipients: [who] } };
    expect(deliveryReport(notice(complaint))).toMatchObject({
      kind: 'complaint',
      recipient: 'ada@example.com',
    });
  });
});
