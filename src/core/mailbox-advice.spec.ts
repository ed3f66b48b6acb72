import fc from 'fast-check';
import { adviceFor, type FailedTest, type TestStage } from './mailbox-advice.js';

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

  it('always has something to say, and never throws', () => {
    const stages: TestStage[] = ['dns', 'connect', 'tls', 'greeting', 'ehlo', 'auth', 'folder'];
    fc.assert(
      fc.property(fc.constantFrom(...stages), fc.string({ minLength: 1 }), (stage, text) => {
        expect(adviceFor(failed({ stage, text })).advice).not.toBe('');
      }),
    );
  });
});
