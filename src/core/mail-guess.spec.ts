import fc from 'fast-check';
import { readAutoconfig } from './mail-autoconfig.js';
import { serversOfSrv } from './mail-srv.js';

const server = (kind: string, body: string): string => `<${kind === 'smtp' ? 'outgoing' : 'incoming'}Server type="${kind}">${body}</${kind === 'smtp' ? 'outgoing' : 'incoming'}Server>`; // prettier-ignore
const one = (host: string, port: number, socket: string, more = ''): string =>
  `<hostname>${host}</hostname><port>${port}</port><socketType>${socket}</socketType>${more}`;
const file = (...servers: string[]): string => `<?xml version="1.0"?>
<clientConfig version="1.1"><emailProvider id="example.com"><domain>example.com</domain>
<displayName>Example &amp; Sons</displayName>${servers.join('')}</emailProvider></clientConfig>`;

describe('an autoconfig file', () => {
  it('names servers, TLS and user name', () => {
    const xml = file(
      server('pop3', one('pop.example.com', 995, 'SSL')),
      server('imap', one('imap.example.com', 993, 'SSL', '<username>%EMAILLOCALPART%</username>')),
      server('smtp', one('smtp.%EMAILDOMAIN%', 587, 'STARTTLS', '<username>%EMAILADDRESS%</username>')),
    );
    expect(readAutoconfig(xml, 'ada@example.com')).toEqual({
      kind: 'config',
      name: 'Example & Sons',
      imap: { host: 'imap.example.com', port: 993, tls: 'implicit', username: 'ada', oauthOnly: false },
      smtp: { host: 'smtp.example.com', port: 587, tls: 'starttls', username: 'ada@example.com', oauthOnly: false }, // prettier-ignore
    });
  });

  it('is taken with TLS only, and rather by password than by OAuth alone', () => {
    const oauth = '<authentication>OAuth2</authentication>';
    const xml = file(
      server('smtp', one('plain.example.com', 25, 'plain')),
      server('smtp', one('token.example.com', 465, 'SSL', oauth)),
      server('smtp', one('both.example.com', 465, 'SSL', `${oauth}<authentication>password-cleartext</authentication>`)), // prettier-ignore
    );
    expect(readAutoconfig(xml, 'ada@example.com')).toMatchObject({ smtp: { host: 'both.example.com' }, imap: null }); // prettier-ignore
    const only = file(server('smtp', one('token.example.com', 465, 'SSL', oauth)));
    expect(readAutoconfig(only, 'ada@example.com')).toMatchObject({ smtp: { oauthOnly: true } });
    const none = file(server('smtp', one('plain.example.com', 25, 'plain')));
    expect(readAutoconfig(none, 'ada@example.com')).toMatchObject({ kind: 'unreadable' });
  });

  it.each([
    ['a page', '<html><body>Not found</body></html>'],
    ['nothing', ''],
    ['cut', file(server('smtp', one('smtp.example.com', 465, 'SSL'))).slice(0, 200)],
    ['no host', file(server('smtp', one('smtp.example.com/../x', 465, 'SSL')))],
    ['an address', file(server('smtp', one('[::1]', 465, 'SSL')))],
    ['an IP address', file(server('smtp', one('10.0.0.1', 465, 'SSL')))],
    ['no port', file(server('smtp', one('smtp.example.com', 0, 'SSL')))],
    ['a line break in the name', file(server('smtp', one('smtp.example.com', 465, 'SSL', '<username>a&#13;&#10;b</username>')))], // prettier-ignore
    ['much', file('x'.repeat(300_000))],
  ])('is refused when it is %s', (_, xml) => {
    expect(readAutoconfig(xml, 'ada@example.com').kind).toBe('unreadable');
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (xml, address) => {
        for (const text of [xml, `<clientConfig>${xml}`])
          expect(['config', 'unreadable']).toContain(readAutoconfig(text, address).kind);
      }),
    );
  });
});

describe('SRV records', () => {
  const record = (name: string, port: number, priority = 0, weight = 0) => ({ name, port, priority, weight });

  it('are taken by priority and weight, implicit TLS first', () => {
    expect(
      serversOfSrv({
        submission: [record('b.example.com', 587)],
        submissions: [record('Late.example.com', 465, 20), record('Mail.example.com.', 465, 10, 5), record('less.example.com', 465, 10, 1)], // prettier-ignore
        imap: [record('imap.example.com', 143)],
      }),
    ).toEqual({
      smtp: { host: 'mail.example.com', port: 465, tls: 'implicit' },
      imap: { host: 'imap.example.com', port: 143, tls: 'starttls' },
    });
  });

  it('say by a dot that there is none, and then the other one is asked', () => {
    const said = { submissions: [record('.', 0)], submission: [record('smtp.example.com', 587)] };
    expect(serversOfSrv(said)).toEqual({
      smtp: { host: 'smtp.example.com', port: 587, tls: 'starttls' },
      imap: null,
    });
    expect(serversOfSrv({})).toEqual({ smtp: null, imap: null });
  });
});
