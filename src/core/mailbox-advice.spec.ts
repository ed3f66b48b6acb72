import fc from 'fast-check';
import { adviceFor, plainWords, type FailedTest, type TestStage } from './mailbox-advice.js';

const failed = (over: Partial<FailedTest>): FailedTest => ({
  protocol: 'smtp',
  stage: 'auth',
  server: { host: 'mail.example.org', port: 587, tls: 'starttls' },
  auth: 'password',
  text: '535 5.7.8 Error: authentication failed',
  ...over,
});
const at = (host: string, port = 587) => ({ host, port, tls: 'starttls' as const });

describe('advice about a mailbox', () => {
  it.each<[string, Partial<FailedTest>, TestStage, RegExp]>([
    ['a name nobody has', { stage: 'connect', text: 'getaddrinfo ENOTFOUND mail.example.org' }, 'dns', /no server mail\.example\.org/],
    ['a closed port', { stage: 'connect', text: 'connect ECONNREFUSED 192.0.2.1:587' }, 'connect', /nothing listens on port 587.*465/],
    ['a blocked port', { stage: 'connect', server: { host: 'mail.example.org', port: 25, tls: 'starttls' }, text: 'no connection to mail.example.org:25 within 10000 ms' }, 'connect', /port 25.*465.*587/],
    ['IMAP blocked', { protocol: 'imap', stage: 'connect', server: { host: 'mail.example.org', port: 143, tls: 'starttls' }, text: 'CONNECT_TIMEOUT' }, 'connect', /993/],
    ['an old certificate', { stage: 'tls', text: 'certificate has expired' }, 'tls', /run out/],
    ['a wrong name', { stage: 'tls', text: "Hostname/IP does not match certificate's altnames: Host: mail.example.org. is not in the cert's altnames: DNS:mx.example.net" }, 'tls', /not for the name mail\.example\.org \(it is for mx\.example\.net\)/],
    ['a certificate signed by itself', { stage: 'tls', text: 'DEPTH_ZERO_SELF_SIGNED_CERT self-signed certificate' }, 'tls', /signed itself/],
    ['half a chain', { stage: 'tls', text: 'unable to verify the first certificate' }, 'tls', /whole chain/],
    ['a certificate, seen while greeting', { stage: 'greeting', text: 'self-signed certificate' }, 'tls', /signed itself/],
    ['TLS on the wrong port', { stage: 'tls', text: 'SSL routines:ssl3_get_record:wrong version number' }, 'tls', /does not speak TLS this way on port 587/],
    ['no STARTTLS', { stage: 'ehlo', text: 'Error upgrading connection with STARTTLS: 502 not here' }, 'tls', /no STARTTLS on port 587/],
    ['silence', { stage: 'greeting', text: 'Greeting never received' }, 'greeting', /TLS from the first byte/],
    ['a busy server', { stage: 'greeting', text: '421 4.7.0 Too many connections' }, 'greeting', /some minutes/],
    ['a blocked address', { stage: 'greeting', text: '554 5.7.1 Your address is blocked' }, 'greeting', /block list/],
    ['a server that hangs up', { stage: 'greeting', text: 'Connection closed unexpectedly' }, 'greeting', /hung up.*TLS from the first byte/],
    ['TLS it cannot do at present', { stage: 'tls', text: '454 4.7.0 TLS not available due to local problem' }, 'tls', /at present/],
    ['a wrong password', {}, 'auth', /not accepted: check both/],
    ['no inbox', { protocol: 'imap', stage: 'folder', text: 'NO Mailbox does not exist' }, 'folder', /inbox/],
  ])('for %s', (_, over, stage, advice) => {
    const given = adviceFor(failed(over));
    expect(given.stage).toBe(stage);
    expect(given.advice).toMatch(advice);
  }); // prettier-ignore

  it.each<[string, Partial<FailedTest>, RegExp]>([
    ['Gmail', { server: at('smtp.gmail.com'), text: '535-5.7.8 Username and Password not accepted. 535 5.7.8 BadCredentials' }, /app password.*myaccount\.google\.com\/apppasswords/],
    ['Gmail, in other words', { server: at('smtp.gmail.com'), text: '534-5.7.9 Application-specific password required. 534 5.7.9 InvalidSecondFactor' }, /apppasswords/],
    ['an unknown one', { text: '534 5.7.9 Application-specific password required' }, /app password.*security settings/],
    ['Yahoo IMAP', { protocol: 'imap', server: at('imap.mail.yahoo.com', 993), text: 'AUTHENTICATIONFAILED LOGIN Invalid credentials' }, /login\.yahoo\.com/],
  ])('knows who wants an app password: %s', (_, over, advice) => {
    expect(adviceFor(failed(over)).advice).toMatch(advice);
  }); // prettier-ignore

  it.each<[string, Partial<FailedTest>]>([
    ['by its words', { text: '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant' }],
    ['by its words in IMAP', { protocol: 'imap', text: 'NO LOGIN failed: BasicAuth is disabled' }],
    ['by its server', { server: at('outlook.office365.com', 993), protocol: 'imap', text: 'AUTHENTICATE failed.' }],
  ])('knows who takes no password: %s', (_, over) => {
    expect(adviceFor(failed(over)).advice).toMatch(/OAuth.*mailbox sign-in/);
  }); // prettier-ignore

  it('says what else may stand in the way of a sign-in', () => {
    const advice = (over: Partial<FailedTest>): string => adviceFor(failed(over)).advice;
    expect(advice({ text: '534-5.7.14 Please log in via your web browser and then try again.' })).toMatch(/on the web once/);
    expect(advice({ protocol: 'imap', text: 'NO [ALERT] Your account is not enabled for IMAP use.' })).toMatch(/IMAP is switched off/);
    expect(advice({ protocol: 'imap', server: at('imap.web.de', 993), text: 'NO IMAP is disabled for this account' })).toMatch(/settings of WEB\.DE/);
    expect(advice({ text: '454 4.7.0 Too many login attempts, please try again later' })).toMatch(/wait an hour/);
    expect(advice({ server: at('mail.example.org', 25), text: 'the server offers no sign-in (AUTH) on this port' })).toMatch(/Port 25 is for servers/);
    expect(advice({ auth: 'oauth2', text: '535 5.7.3 Authentication unsuccessful' })).toMatch(/sign in again/);
    expect(advice({ text: 'no password is set for ada' })).toMatch(/mailbox edit/);
  }); // prettier-ignore

  it.each<[string, Partial<FailedTest>, RegExp]>([
    ['a password it takes only over TLS', { server: { ...at('mail.example.org', 25), tls: 'none' }, text: '530 5.7.0 Must issue a STARTTLS command first' }, /only over TLS.*587 with STARTTLS/],
    ['the same in IMAP', { protocol: 'imap', server: { ...at('mail.example.org', 143), tls: 'none' }, text: 'Login is disabled' }, /only over TLS.*143 with STARTTLS/],
    ['a line that breaks', { text: 'Connection closed unexpectedly' }, /nothing is said about the password/],
    ['a server that falls silent', { protocol: 'imap', text: 'Socket timeout' }, /nothing is said about the password/],
    ['one that cannot look it up at present', { text: '454 4.7.0 Temporary authentication failure' }, /at present.*some minutes/],
    ['the same in IMAP words', { protocol: 'imap', text: '[UNAVAILABLE] Backend is down' }, /at present/],
    ['too many of us', { protocol: 'imap', text: '[LIMIT] Too many simultaneous connections' }, /wait an hour/],
  ])('does not blame the password for %s', (_, over, advice) => {
    const given = adviceFor(failed(over)).advice;
    expect(given).toMatch(advice);
    expect(given).not.toMatch(/was not accepted/);
  }); // prettier-ignore

  it('knows a program on this machine by its port only', () => {
    const bridge = { host: '127.0.0.1', port: 1025, tls: 'none' as const };
    const advice = (port: number, over: Partial<FailedTest>): string =>
      adviceFor(failed({ ...over, server: { ...bridge, port } })).advice;
    expect(advice(1025, {})).toMatch(/Proton Mail Bridge/);
    expect(advice(25, {})).not.toMatch(/Proton/);
    const closed = { stage: 'connect', text: 'connect ECONNREFUSED 127.0.0.1:1025' } as const;
    expect(advice(1025, closed)).toMatch(/^Nothing on this machine listens on port 1025.*Bridge/);
    expect(advice(2525, closed)).toMatch(/^Nothing on this machine listens on port 2525/);
  });

  it('offers no way that was just tried', () => {
    const tried = { stage: 'connect', text: 'ETIMEDOUT', server: at('mail.example.org', 587) } as const;
    expect(adviceFor(failed(tried)).advice).not.toMatch(/587 with/);
    const implicit = { ...tried.server, tls: 'implicit' as const };
    const wrong = { stage: 'tls', text: 'wrong version number', server: implicit } as const;
    expect(adviceFor(failed(wrong)).advice).toMatch(/587 with STARTTLS/);
  });

  it('repeats the words of a server on one line, and of a library only what they say', () => {
    expect(plainWords('534-5.7.9 Application-specific password required.\r\n534 5.7.9  https://example.com/x')).toBe(
      '534 5.7.9 Application-specific password required. https://example.com/x',
    );
    expect(plainWords('805C:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../deps/ssl.c:350:\n')).toBe('wrong version number');
    expect(plainWords(' AUTHENTICATE \u0007failed. ')).toBe('AUTHENTICATE failed.');
  }); // prettier-ignore

  it('always has something to say, and never throws', () => {
    const stages: TestStage[] = ['dns', 'connect', 'tls', 'greeting', 'ehlo', 'auth', 'folder'];
    fc.assert(
      fc.property(fc.constantFrom(...stages), fc.string({ minLength: 1 }), (stage, text) => {
        expect(adviceFor(failed({ stage, text })).advice).not.toBe('');
      }),
    );
  });
});
