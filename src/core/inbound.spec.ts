import fc from 'fast-check';
import { classify, type ParsedMail } from './inbound.js';

const mail = (part: Partial<ParsedMail> & { head?: Record<string, string> } = {}): ParsedMail => {
  const { head = {}, ...rest } = part;
  return {
    headers: Object.entries(head).map(([key, value]) => ({ key, value })),
    from: { address: 'ada@example.com', name: 'Ada' },
    to: ['me@example.org'],
    subject: 'Re: DevConf',
    text: 'Hello, good to hear from you.',
    date: new Date('2026-11-20T09:00:00Z'),
    messageId: '<in@example.com>',
    inReplyTo: null,
    references: [],
    parts: [],
    ...rest,
  };
};

const report = (content: string, subject = 'Undelivered Mail Returned to Sender'): ParsedMail =>
  mail({
    subject,
    from: { address: 'MAILER-DAEMON@example.net', name: 'Mail Delivery System' },
    head: {
      'auto-submitted': 'auto-replied',
      'content-type': 'multipart/report; report-type=delivery-status',
    },
    text: 'This is the mail system.\n\n<ada@example.com>: see the report',
    parts: [{ contentType: 'message/delivery-status', content }],
  });
const dsn = (fields: string): ParsedMail =>
  report(
    `Reporting-MTA: dns; mx.example.net\r\nX-Queue-ID: 4F\r\n\r\n${fields.replaceAll('\n', '\r\n')}\r\n`,
  );

describe('classify: people', () => {
  it('takes an answer for a reply and lists what it asks', () => {
    const verdict = classify(
      mail({
        text: 'Gladly! Could you send me the slides?\n\nOn 19 Nov 2026 at 9:00, Me wrote:\n> Shall we talk? Please stop me.',
      }),
    );
    expect(verdict).toEqual({
      kind: 'reply',
      optOut: false,
      scope: null,
      asks: ['Could you send me the slides?'],
      why: 'no mark of a machine',
    });
  });

  it.each([
    mail({ text: 'I was out of office last week, sorry. Yes, let us talk.' }),
    mail({ subject: 'Out of office last week', text: 'Sorry for the late answer, I was away.' }),
    mail({ subject: 'Re: Automatic reply: DevConf', text: 'Welcome back!' }),
    mail({ subject: 'Re: Undeliverable goods', text: 'Ha, good title.' }),
    mail({
      from: { address: 'assistant@example.com', name: 'Office of Ada' },
      text: 'Ada is away; how about Tuesday.',
    }),
    mail({ head: { 'x-auto-response-suppress': 'All' } }),
    mail({ head: { 'auto-submitted': 'no' } }),
    mail({ head: { 'x-autoreply': 'no' } }),
    mail({ head: { 'list-id': '<sales.example.com>', precedence: 'bulk' }, inReplyTo: '<ours@example.org>' }),
    mail({ head: { 'return-path': '<>' }, text: '' }),
    mail({ subject: '', text: '' }),
  ])('calls it a reply, case %#', (each) => {
    expect(classify(each)).toMatchObject({ kind: 'reply', optOut: false });
  });

  it('hears "no more", alone and inside an answer, but not in our own quoted sentence', () => {
    expect(classify(mail({ text: 'No more, please.\n\n> Shall we?' }))).toEqual({
      kind: 'opt-out',
      scope: 'everything',
      token: null,
      why: 'they wrote: No more, please.',
    });
    expect(classify(mail({ subject: 'unsubscribe', text: '' }))).toMatchObject({ kind: 'opt-out' });
    expect(classify(mail({ text: 'Bitte keine Mails mehr.' }))).toMatchObject({ kind: 'opt-out' });
    expect(
      classify(mail({ text: 'Where did you get my address? Please remove me from your list.' })),
    ).toMatchObject({
      kind: 'reply',
      optOut: true,
      asks: ['Where did you get my address?'],
    });
    expect(classify(mail({ text: 'Yes!\n\n> If this is not for you, please unsubscribe.' }))).toMatchObject({
      optOut: false,
    });
  });
});

describe('classify: machines', () => {
  it.each<Record<string, string>>([
    { 'auto-submitted': 'auto-replied' },
    { 'auto-submitted': 'Auto-Generated; owner-email="a@example.com"' },
    { 'x-autoreply': 'yes' },
    { 'x-autorespond': 'DevConf' },
    { precedence: 'auto_reply' },
    { precedence: 'bulk' },
    { Precedence: 'junk' },
  ])('believes the header %j', (head) => {
    expect(classify(mail({ head })).kind).toBe('auto-reply');
  });

  it.each([
    'Automatic reply: DevConf',
    'Out of Office AutoReply: DevConf',
    'Abwesenheitsnotiz: DevConf',
    'Automatische Antwort: DevConf',
    'Réponse automatique : DevConf',
    'Respuesta automática: DevConf',
    'Risposta automatica: DevConf',
    'Resposta automática: DevConf',
    'Automatisch antwoord: DevConf',
    'Autosvar: DevConf',
  ])('knows the subject %s', (subject) => {
    expect(classify(mail({ subject })).kind).toBe('auto-reply');
  });

  it('reads when the person is back', () => {
    expect(
      classify(
        mail({
          subject: 'Out of office',
          text: 'I am out of the office until 30 November.\n\n> until 3 May',
        }),
      ),
    ).toMatchObject({ kind: 'auto-reply', subkind: 'away', returnOn: '2026-11-30' });
    expect(classify(mail({ subject: 'Abwesend', text: 'Ich bin zurzeit nicht im Büro.' }))).toMatchObject({
      kind: 'auto-reply',
      returnOn: null,
    });
  });

  it.each([
    [mail({ from: { address: 'no-reply@example.com', name: '' } }), /no answers/],
    [mail({ from: null }), /sender/],
    [
      mail({ head: { 'content-type': 'multipart/report; report-type="disposition-notification"' } }),
      /receipt/,
    ],
  ])('sets aside what is no answer, case %#', (each, why) => {
    const verdict = classify(each);
    expect(verdict.kind).toBe('other');
    expect(verdict.why).toMatch(why);
  });

  it.each<Record<string, string>>([
    { 'list-id': '<news.example.com>' },
    { 'list-unsubscribe': '<mailto:out@example.com>' },
    { precedence: 'list' },
  ])('knows a list that answers nothing of ours by %j', (head) => {
    expect(classify(mail({ subject: 'News', head })).kind).toBe('list');
  });

  it('knows a machine that asks for proof of a person', () => {
    const text =
      'Your message has been held.\n\nPlease add yourself to my guest list so that it is delivered:\nhttps://check.example.net/1';
    expect(classify(mail({ subject: 'Re: DevConf (action required)', text })).kind).toBe('challenge');
    const confirm = 'To have your message delivered, confirm that you are a human: just reply to this mail.';
    expect(classify(mail({ subject: 'Please confirm your message', text: confirm })).kind).toBe('challenge');
    const person = mail({ text: 'Could you confirm your talk? I would add you to my list of speakers.' });
    expect(classify(person).kind).toBe('reply');
  });

  it.each([
    'Thanks for your message, I received it. My order number is 4711, could you check?',
    'I received your slides, thanks! Invoice no. 2231 is attached.',
    'We have received your request and will look into it. Ticket #4711, I opened it myself.',
  ])('takes who speaks of themselves or asks for a person, whatever numbers they give: %j', (text) => {
    const answer = { subject: 'Re: After DevConf', text, inReplyTo: '<ours@example.org>' };
    expect(classify(mail(answer)).kind).toBe('reply');
    const desk = 'We have received your request and will look into it. The ticket is #4711.';
    expect(classify(mail({ ...answer, text: desk }))).toMatchObject({ subkind: 'received' });
  });

  it('takes a room that accepts for no person', () => {
    const content =
      'BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nATTENDEE;CUTYPE=ROOM;PARTSTAT=ACCEPTED:mailto:room@example.com\r\n';
    expect(classify(mail({ text: '', parts: [{ contentType: 'text/calendar', content }] }))).toMatchObject({
      kind: 'auto-reply',
      subkind: 'received',
    });
  });

  it('knows an absence that came through a shared address, and no newsletter for one', () => {
    const away = {
      subject: 'Out of Office AutoReply: DevConf',
      text: 'I am out of the office until Monday.',
    };
    expect(classify(mail({ ...away, head: { 'list-id': 'Team <team.example.org>' } }))).toMatchObject({
      kind: 'auto-reply',
      subkind: 'away',
    });
    const list = { 'list-id': '<devs.example.org>', 'list-post': '<mailto:devs@example.org>' };
    expect(classify(mail({ ...away, head: list })).kind).toBe('list');
  });

  it('takes a notice for a list also where it answers something, as long as its address takes no answers', () => {
    const notice = {
      head: { 'list-id': 'acme/app <app.acme.example.com>' },
      text: 'what do you think?',
      inReplyTo: '<acme/app/12@example.com>',
    };
    const from = { address: 'notifications@example.com', name: 'Ada' };
    expect(classify(mail({ ...notice, from })).kind).toBe('list');
    expect(classify(mail(notice)).kind).toBe('reply');
  });

  it('reads what a calendar answers (RFC 5546)', () => {
    const invite = (method: string, status: string): ParsedMail =>
      mail({
        text: '',
        parts: [
          {
            contentType: 'text/calendar',
            content: `BEGIN:VCALENDAR\r\nMETHOD:${method}\r\nBEGIN:VEVENT\r\nATTENDEE;CN=Ada;PARTST\r\n AT=${status}:mailto:ada@example.com\r\nEND:VEVENT\r\nEND:VCALENDAR`,
          },
        ],
      });
    expect(classify(invite('REPLY', 'ACCEPTED'))).toMatchObject({ kind: 'calendar', answer: 'accepted' });
    expect(classify(invite('REPLY', 'DECLINED'))).toMatchObject({ answer: 'declined' });
    expect(classify(invite('REPLY', 'TENTATIVE'))).toMatchObject({ answer: 'tentative' });
    expect(classify(invite('CANCEL', 'NEEDS-ACTION'))).toMatchObject({ answer: 'cancel' });
    expect(classify(invite('REQUEST', 'NEEDS-ACTION'))).toMatchObject({ answer: 'request' });
    const written = { ...invite('REQUEST', 'NEEDS-ACTION'), text: 'Gladly! Does Tuesday suit you?' };
    expect(classify({ ...written, inReplyTo: '<ours@example.org>' }).kind).toBe('reply');
  });
});

describe('classify: bounces and complaints', () => {
  it('reads a delivery status notification', () => {
    expect(
      classify(
        dsn(
          'Final-Recipient: rfc822; Ada@Example.com\nOriginal-Recipient: rfc822;ada@example.com\nAction: failed\n' +
            'Status: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 <ada@example.com>:\n    user unknown',
        ),
      ),
    ).toEqual({
      kind: 'bounce',
      severity: 'hard',
      recipient: 'ada@example.com',
      status: '5.1.1',
      reason: 'user-unknown',
      diagnostic: '550 5.1.1 <ada@example.com>: user unknown',
      why: "the server's report says failed 5.1.1: user unknown",
    });
  });

  it.each([
    ['Action: failed\nStatus: 4.4.7', 'soft', 'expired', '4.4.7'],
    ['Action: failed\nStatus: 5.7.1 (refused)', 'blocked', 'policy', '5.7.1'],
    [
      'Action: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 552 5.2.2 mailbox full',
      'soft',
      'mailbox-full',
      '5.2.2',
    ],
    ['Action: failed\nStatus: 5.1.10', 'hard', 'user-unknown', '5.1.10'],
    ['Action: failed\nStatus: 5.2.0\nDiagnostic-Code: smtp; 550 user unknown', 'blocked', 'policy', '5.2.0'],
    [
      'Action: failed\nStatus: 4.0.0\nDiagnostic-Code: dns; domain name not found',
      'soft',
      'host-unknown',
      '4.0.0',
    ],
    [
      'Action: relayed\nStatus: 2.0.0\n\nFinal-Recipient: rfc822; b@example.com\nAction: failed\nStatus: 5.1.2',
      'hard',
      'host-unknown',
      '5.1.2',
    ],
  ])('judges %j %s', (fields, severity, reason, status) => {
    expect(classify(dsn(`Final-Recipient: rfc822; <ada@example.com>\n${fields}`))).toMatchObject({
      kind: 'bounce',
      severity,
      reason,
      status,
    });
  });

  it.each(['4.4.1', '5.4.1'])('takes no delay for a bounce, whatever its code: %s', (status) => {
    const fields = `Final-Recipient: rfc822; ada@example.com\nAction: delayed\nStatus: ${status}`;
    expect(classify(dsn(fields))).toMatchObject({ kind: 'delay', recipient: 'ada@example.com', status });
  });

  it('does not take a success report for a bounce', () => {
    const fields = 'Final-Recipient: rfc822; ada@example.com\nAction: delivered\nStatus: 2.0.0';
    expect(classify(dsn(fields))).toEqual({ kind: 'other', why: "the server's report says delivered" });
  });

  it('reads the bounces of servers that write plain text', () => {
    const daemon = { address: 'mailer-daemon@example.net', name: '' };
    const plain = (subject: string, text: string, head = {}): unknown =>
      classify(mail({ from: daemon, subject, text, head }));
    expect(
      plain(
        'failure notice',
        'Hi. I was not able to deliver.\n\n<ada@example.com>:\n550 5.1.1 no mailbox here. Giving up on 10.5.1.1.',
      ),
    ).toEqual({
      kind: 'bounce',
      severity: 'hard',
      recipient: 'ada@example.com',
      status: '5.1.1',
      reason: 'user-unknown',
      diagnostic: '550 5.1.1 no mailbox here. Giving up on 10.5.1.1.',
      why: "the server's words and its code 5.1.1: user unknown",
    });
    expect(
      plain(
        'Warning: message delayed 24 hours',
        'ada@example.com\nDelay reason: timed out. No action is required.',
      ),
    ).toMatchObject({ kind: 'delay', recipient: 'ada@example.com' });
    expect(
      plain('Mail delivery failed: returning message to sender', 'A message could not be delivered.', {
        'x-failed-recipients': 'ada@example.com',
        'auto-submitted': 'auto-replied',
      }),
    ).toMatchObject({ kind: 'bounce', severity: 'soft', reason: 'other', recipient: 'ada@example.com' });
    expect(
      classify(
        mail({ subject: 'Unzustellbar: DevConf', head: { 'return-path': '<>' }, text: 'Nicht zugestellt.' }),
      ).kind,
    ).toBe('bounce');
  });

  it('reads a complaint (RFC 5965), its withdrawal, and no authentication report', () => {
    const arf = (type: string): unknown =>
      classify(
        mail({
          parts: [
            {
              contentType: 'message/feedback-report',
              content: `Feedback-Type: ${type}\nVersion: 1\nOriginal-Rcpt-To: <Ada@example.com>`,
            },
          ],
        }),
      );
    expect(arf('abuse')).toMatchObject({ kind: 'complaint', recipient: 'ada@example.com' });
    expect(arf('fraud')).toMatchObject({ kind: 'complaint' });
    expect(arf('not-spam')).toMatchObject({ kind: 'other' });
    expect(arf('auth-failure')).toMatchObject({ kind: 'other' });
  });
});

const KINDS = [
  ...[
    'reply',
    'auto-reply',
    'bounce',
    'delay',
    'opt-out',
    'complaint',
    'challenge',
    'calendar',
    'list',
    'other',
  ],
];

describe('classify: anything', () => {
  it('never throws, and gives one of its kinds', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        'until 31.02.',
        'Status: 5.1.1',
        'unsubscribe',
        'Final-Recipient: x',
        'Feedback-Type:',
        '<>',
        '550 ',
        '{"notificationType":"Bounce","bounce":{}}',
        'BEGIN:VCALENDAR\nMETHOD:REPLY',
      ),
    );
    const words = fc.array(text, { maxLength: 5 }).map((pieces) => pieces.join('\n'));
    const header = fc.record({
      key: fc.oneof(
        text,
        fc.constantFrom('auto-submitted', 'precedence', 'content-type', 'return-path', 'x-failed-recipients'),
      ),
      value: text,
    });
    const arbitrary = fc.record({
      headers: fc.array(header),
      from: fc.option(
        fc.record({ address: fc.oneof(text, fc.constant('mailer-daemon@example.com')), name: text }),
      ),
      to: fc.array(text),
      subject: text,
      text: words,
      date: fc.option(fc.date({ noInvalidDate: false })),
      messageId: fc.option(text),
      inReplyTo: fc.option(text),
      references: fc.array(text),
      parts: fc.array(
        fc.record({
          contentType: fc.oneof(
            text,
            fc.constantFrom(
              'message/delivery-status',
              'message/feedback-report',
              'text/calendar',
              'message/rfc822',
            ),
          ),
          content: words,
        }),
      ),
    });
    fc.assert(
      fc.property(arbitrary, (each) => {
        const { kind, why } = classify(each);
        expect(KINDS).toContain(kind);
        expect(why).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });

  it('is quick on ten megabytes of nonsense', () => {
    const began = process.cpuUsage();
    for (const unit of [
      'a',
      ' ',
      '@',
      '5.1.1 ',
      'back on 3 May ',
      'could you ',
      'puede ',
      '<',
      '\n',
      'Status: \n',
      'mailbox user address recipient ',
      '<a@example.com>: ',
      'the following recipients\n',
      '{"notificationType":',
      'ATTENDEE;',
      '>>> RCPT\n<<< 550 ',
    ]) {
      const content = unit.repeat(Math.ceil(10_000_000 / unit.length));
      const head = { 'x-failed-recipients': content, 'content-type': content };
      classify(
        mail({
          text: content,
          subject: content.slice(0, 100_000),
          head,
          parts: [{ contentType: 'message/delivery-status', content }],
        }),
      );
      classify(mail({ text: content, subject: 'Out of office', head: { 'auto-submitted': 'auto-replied' } }));
      classify(mail({ text: content }));
    }
    expect(process.cpuUsage(began).user / 1e6).toBeLessThan(20);
  });
});
