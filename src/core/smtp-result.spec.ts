import fc from 'fast-check';
import { enhancedStatus, judgeSend, MAX_ATTEMPTS, type SmtpStage } from './smtp-result.js';

const judge = (stage: SmtpStage, code: number | null, text: string, attempts = 0) =>
  judgeSend({ stage, code, text, attempts });
const upToMail: SmtpStage[] = ['connect', 'tls', 'greeting', 'ehlo', 'auth', 'mail'];
const all: SmtpStage[] = [...upToMail, 'rcpt', 'data', 'body', 'dot'];

describe('judgeSend', () => {
  it('calls a message sent only for a 2xx to its final dot', () => {
    expect(judge('dot', 250, '250 2.0.0 Ok: queued as 4F')).toEqual({
      kind: 'sent',
      response: '250 2.0.0 Ok: queued as 4F',
    });
    for (const stage of all.slice(0, -1)) expect(judge(stage, 250, '250 Ok').kind).not.toBe('sent');
  });

  it.each([
    ['greeting', 421, '421 4.7.0 Try again later, closing connection', true],
    ['mail', 450, '450 4.7.28 unusual rate of mail from you', true],
    ['rcpt', 421, '421 4.7.0 closing', true],
    ['dot', 421, '421 4.3.0 closing', true],
    ['dot', 550, '550 5.4.5 Daily user sending limit exceeded', true],
    ['auth', 454, '454 4.7.0 Temporary authentication failure', undefined],
    ['mail', 451, '451 4.3.0 local trouble', undefined],
  ] as const)('hears whether the provider asks for less: %s %d %s', (stage, code, text, slower) => {
    const verdict = judge(stage, code, text);
    expect(verdict.kind).toBe('mailbox');
    expect(verdict).toHaveProperty('pauseSeconds', 60);
    expect('slower' in verdict ? verdict.slower : undefined).toBe(slower);
  });

  it('takes greylisting for the recipient’s matter', () => {
    expect(judge('rcpt', 450, '450 4.7.1 Greylisted').kind).toBe('retry');
  });

  it('knows nothing when the connection ends after the dot, and tries again when it ended before', () => {
    expect(judge('dot', null, 'ECONNECTION').kind).toBe('unknown');
    expect(judge('dot', 354, 'go ahead').kind).toBe('unknown');
    for (const stage of ['rcpt', 'data', 'body'] as const)
      expect(judge(stage, null, 'ECONNRESET').kind).toBe('retry');
  });

  it.each([
    ['connect', null, 'connect ECONNREFUSED 127.0.0.1:587', 60, /refused/],
    ['connect', null, 'ETIMEDOUT', 60, /port/],
    ['connect', null, 'getaddrinfo ENOTFOUND smtp.example.com', 60, /host name/],
    ['tls', null, 'self-signed certificate', null, /certificate/],
    ['tls', null, 'ssl3_get_record:wrong version number', null, /465/],
    ['tls', null, 'ECONNRESET', 60, /tried again/],
    ['greeting', 421, '421 4.3.2 try later', 60, /slower/],
    ['greeting', 554, '554 no service for you', null, /refuses/],
    ['ehlo', 502, '502 not implemented', null, /refuses/],
    ['auth', 535, '535 5.7.8 Error: authentication failed', null, /password was not accepted/],
    ['auth', 534, '534-5.7.9 Application-specific password required', null, /app password/],
    ['auth', 535, '535 5.7.139 Authentication unsuccessful, basic authentication is disabled', null, /OAuth/],
    ['auth', 454, '454 4.7.0 Temporary authentication failure', 60, /slower/],
    ['auth', null, 'socket closed', 60, /tried again/],
    ['mail', 450, '450 4.7.1 wait', 60, /slower/],
    ['mail', 553, '553 5.7.1 Sender address rejected: not owned by user', null, /sender address/],
    ['mail', 530, '530 5.7.0 Must issue a STARTTLS command first', null, /STARTTLS/],
    ['rcpt', 530, '530 5.7.0 Authentication required', null, /sign-in/],
    ['rcpt', 554, '554 5.7.1 <ada@example.com>: Relay access denied', null, /sign-in/],
    ['rcpt', 550, '550 5.1.8 Access denied, bad outbound sender', null, /sign-in/],
    ['rcpt', 450, '450 4.2.1 rate limited, slow down', 60, /slower/],
    ['dot', 550, '550 5.4.5 Daily user sending limit exceeded', 60, /slower/],
  ] as const)(
    '%s %s %s pauses the mailbox and leaves the message',
    (stage, code, text, pauseSeconds, advice) => {
      const verdict = judge(stage, code, text);
      expect(verdict).toMatchObject({ kind: 'mailbox', pauseSeconds });
      expect(verdict.kind === 'mailbox' && verdict.advice).toMatch(advice);
    },
  );

  it.each([
    ['rcpt', 550, '550 5.1.1 <ada@example.com>: User unknown', true],
    ['rcpt', 550, '550-5.1.1 The email account does not exist\n550 5.1.1 more', true],
    ['rcpt', 550, '550 sorry, no mailbox here by that name (#5.1.1)', true],
    ['rcpt', 556, '556 5.1.10 Recipient address has null MX', true],
    ['rcpt', 550, '550 5.7.1 blocked, see 5.1.1.7', false],
    ['rcpt', 550, '550 no such user', false],
    ['rcpt', 552, '552 5.2.2 mailbox full', false],
    ['data', 554, '554 5.5.1 no valid recipients', false],
    ['dot', 550, '550 5.1.1 unknown after all', true],
    ['dot', 554, '554 5.7.1 message looks like spam', false],
    ['mail', 552, '552 5.3.4 Message size exceeds fixed limit', false],
    ['mail', null, 'Internationalized mailbox name not allowed, SMTPUTF8 is not supported', false],
    ['rcpt', 553, '553 5.6.7 SMTPUTF8 is required', false],
  ] as const)('%s %s %s fails the message', (stage, code, text, suppress) => {
    expect(judge(stage, code, text)).toMatchObject({ kind: 'failed', suppress });
  });

  it('does not suppress an address only because the server lacks SMTPUTF8', () => {
    const input = {
      stage: 'rcpt',
      code: 501,
      text: '501 5.1.3 Bad recipient address syntax',
      attempts: 0,
    } as const;
    expect(judgeSend(input)).toMatchObject({ kind: 'failed', suppress: true });
    expect(judgeSend({ ...input, internationalised: true })).toMatchObject({
      kind: 'failed',
      suppress: false,
    });
  });

  it('waits longer after each attempt, and gives up after some days', () => {
    const after = [0, 1, 2, 9].map((attempts) => {
      const verdict = judge('rcpt', 450, '450 4.7.1 Greylisted', attempts);
      return verdict.kind === 'retry' ? verdict.after : NaN;
    });
    expect(after).toEqual([300, 600, 1200, 14400]);
    expect(judge('rcpt', 450, '450 4.7.1 Greylisted', MAX_ATTEMPTS)).toMatchObject({
      kind: 'failed',
      suppress: false,
    });
  });

  it('never fails a message for what happened before its recipient was named', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...upToMail),
        fc.option(fc.integer({ min: 200, max: 599 })),
        fc.string(),
        fc.integer({ min: 0, max: 99 }),
        (stage, code, text, attempts) => {
          fc.pre(!/SMTPUTF8|5\.\d|too|exceeds/i.test(text) && code !== 552);
          expect(judge(stage, code, text, attempts).kind).toBe('mailbox');
        },
      ),
    );
  });

  it('never repeats a message whose dot may have gone unanswered, whatever the text says', () => {
    const words = fc.oneof(
      fc.string(),
      fc.constantFrom('rate limited', 'SMTPUTF8', '421 4.7.0', 'authentication required', '5.1.1'),
    );
    fc.assert(
      fc.property(words, fc.integer({ min: -5, max: 200 }), (text, attempts) => {
        expect(judge('dot', null, text, attempts).kind).toBe('unknown');
      }),
    );
  });

  it('suppresses only for a final 5.1.x', () => {
    let suppressed = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...all),
        fc.option(fc.integer({ min: 200, max: 599 })),
        fc.tuple(fc.constantFrom(2, 4, 5), fc.constantFrom(0, 1, 2, 7), fc.integer({ min: 0, max: 30 })),
        (stage, code, status) => {
          const verdict = judge(stage, code, `${code ?? ''} ${status.join('.')} words`);
          if (verdict.kind === 'failed' && verdict.suppress) {
            suppressed += 1;
            expect(status.slice(0, 2)).toEqual([5, 1]);
            expect(Math.floor((code ?? 0) / 100)).toBe(5);
          }
        },
      ),
      { numRuns: 500 },
    );
    expect(suppressed).toBeGreaterThan(0);
  });
});

describe('enhancedStatus', () => {
  it('takes the one of the same class as the code and no address', () => {
    expect(enhancedStatus(450, '450 4.7.1 (was 5.1.1)')).toBe('4.7.1');
    expect(enhancedStatus(550, '550 [10.5.1.1] says 5.1.1.9 is bad')).toBeNull();
    expect(enhancedStatus(null, 'no code')).toBeNull();
  });
});
