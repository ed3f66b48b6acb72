import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { RequestListener } from 'node:http';
import type { SrvRecord } from '../../src/core/mail-srv.js';
import { fetchPublic, type Fetched } from '../../src/mail/guess-fetch.js';
import { OutsideWorld } from '../../src/mail/guess-outside.js';
import { isPublicAddress } from '../../src/mail/public-address.js';
import { startApp, type TestApp } from '../app.js';
import { otherCertificate, testKey } from '../mail/tls.js';

/** Any public address: the connection goes to the test's own server in its place. */
const PUBLIC = '93.184.215.14';
const AUTOCONFIG = `<clientConfig version="1.1"><emailProvider id="example.com"><displayName>Example Mail</displayName>
<incomingServer type="imap"><hostname>imap.example.com</hostname><port>993</port><socketType>SSL</socketType><username>%EMAILLOCALPART%</username></incomingServer>
<outgoingServer type="smtp"><hostname>smtp.example.com</hostname><port>465</port><socketType>SSL</socketType><username>%EMAILLOCALPART%</username></outgoingServer>
</emailProvider></clientConfig>`;

it('knows which addresses are on the public internet', () => {
  const open = [PUBLIC, '8.8.8.8', '2606:2800:220:1:248:1893:25c8:1946', '172.32.0.1', '100.128.0.1'];
  const closed =
    '127.0.0.1 10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 198.18.0.1 203.0.113.7 224.0.0.1 255.255.255.255 ::1 :: fe80::1 fd00::1 fc00::1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 64:ff9b::a00:1 2001:db8::1 2002:7f00:1:: ff02::1 localhost';
  for (const address of open) expect({ address, open: isPublicAddress(address) }).toEqual({ address, open: true }); // prettier-ignore
  for (const address of closed.split(' ')) expect({ address, open: isPublicAddress(address) }).toEqual({ address, open: false }); // prettier-ignore
});

describe('fetching a small file from outside', () => {
  let server: Server;
  let answer: RequestListener;
  let asked: string[];
  beforeEach(async () => {
    asked = [];
    server = createServer({ key: testKey, cert: otherCertificate }, (request, response) => {
      asked.push(`${(request.headers.host ?? '').replace(/:\d+$/, '')}${request.url}`);
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  const get = (url: string, names: Record<string, string[]> = {}): Promise<Fetched> =>
    fetchPublic(url, (host) => Promise.resolve(names[host] ?? [PUBLIC]), {
      port: (server.address() as AddressInfo).port,
      ca: otherCertificate,
    });

  it('gets it, and follows to another public host', async () => {
    answer = ({ url }, response) => {
      if (url === '/a') response.writeHead(301, { Location: 'https://two.example.net/b' }).end();
      else response.end('words');
    };
    expect(await get('https://one.example.com/a')).toEqual({ kind: 'text', text: 'words' });
    expect(asked).toEqual(['one.example.com/a', 'two.example.net/b']);
  });

  it.each([
    ['plain http', 'http://one.example.com/a'],
    ['another port', 'https://one.example.com:8443/a'],
    ['an address in place of a name', 'https://127.0.0.1/a'],
    ['one in disguise', 'https://2130706433/a'],
    ['an IPv6 one', 'https://[::1]/a'],
    ['a user in it', 'https://ada@one.example.com/a'],
    ['a file', 'file:///etc/passwd'],
    ['no address', 'autoconfig'],
    ['a name in this network', 'https://inner.example.com/a'],
    ['a name half in this network', 'https://both.example.com/a'],
    ['a name that nobody has', 'https://none.example.com/a'],
    ['the cloud', 'https://meta.example.com/latest/meta-data'],
  ])('does not ask %s', async (_, url) => {
    answer = (_request, response) => response.end('secret');
    const names = {
      'inner.example.com': ['10.0.0.7'],
      'both.example.com': [PUBLIC, '127.0.0.1'],
      'none.example.com': [],
      'meta.example.com': ['169.254.169.254'],
    };
    expect(await get(url, names)).toMatchObject({ kind: 'none' });
    expect(asked).toEqual([]);
  });

  it.each(['http://two.example.net/', 'https://inner.example.com/', 'https://127.0.0.1/', 'https://[::ffff:127.0.0.1]/', 'ftp://two.example.net/', '//inner.example.com/', 'https://'])('is not led to %s', async (to) => {
    answer = (_request, response) => response.writeHead(302, { Location: to }).end();
    expect(await get('https://one.example.com/a', { 'inner.example.com': ['192.168.0.1'] })).toMatchObject({ kind: 'none' });
    expect(asked).toEqual(['one.example.com/a']);
  }); // prettier-ignore

  it('is not led round and round, and reads no more than it should', async () => {
    answer = (_request, response) => response.writeHead(302, { Location: '/a' }).end();
    expect(await get('https://one.example.com/a')).toMatchObject({ kind: 'none' });
    expect(asked).toHaveLength(4);
    answer = (_request, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(10_000)));
      };
      response.on('drain', more);
      more();
    };
    expect(await get('https://one.example.com/long')).toEqual({ kind: 'none', why: 'it is too long' });
    answer = (_request, response) => response.writeHead(404).end('words');
    expect(await get('https://one.example.com/gone')).toEqual({ kind: 'none', why: 'it answers 404' });
  });

  it('trusts no certificate of another name', async () => {
    answer = (_request, response) => response.end('words');
    expect(await get('https://one.example.org/a')).toMatchObject({
      kind: 'none',
      why: expect.stringMatching(/altnames/),
    });
    expect(asked).toEqual([]);
  });
});

describe('the servers of an address', () => {
  let app: TestApp;
  let world: {
    mx: Record<string, string[]>;
    srv: Record<string, SrvRecord[]>;
    files: Record<string, string>;
  };
  let asked: string[];
  beforeEach(async () => {
    app = await startApp();
    world = { mx: {}, srv: {}, files: {} };
    asked = [];
    Object.assign(app.get(OutsideWorld), {
      mx: (domain: string) => Promise.resolve(world.mx[domain] ?? []),
      srv: (name: string) => Promise.resolve(world.srv[name] ?? []),
      text: (url: string): Promise<Fetched> => {
        asked.push(url);
        const text = world.files[url];
        return Promise.resolve(text === undefined ? { kind: 'none', why: 'it answers 404' } : { kind: 'text', text }); // prettier-ignore
      },
    });
  });
  afterEach(() => app.close());

  const guess = async (address: string): Promise<Record<string, unknown>> =>
    (await app.http.post('/mailboxes/guess').send({ address }).expect(200)).body as Record<string, unknown>;

  it('are those of a known provider, and nobody outside is asked', async () => {
    expect(await guess('Ada@Gmail.com')).toMatchObject({
      found: true,
      source: 'provider',
      name: 'Gmail',
      smtp: { host: 'smtp.gmail.com', port: 465, tls: 'implicit', username: 'Ada@Gmail.com' },
      oauth: 'google',
      oauthReady: false,
      appPassword: 'https://myaccount.google.com/apppasswords',
      savesSent: true,
    });
    expect(asked).toEqual([]);
  });

  it('are those of whoever takes in the mail of an own domain', async () => {
    world.mx['example.com'] = ['example-com.mail.protection.outlook.com'];
    expect(await guess('ada@example.com')).toMatchObject({
      source: 'exchanger',
      name: 'Microsoft 365',
      smtp: { host: 'smtp.office365.com', port: 587, tls: 'starttls' },
      oauthOnly: true,
    });
    world.mx['example.org'] = ['aspmx.l.google.com', 'alt1.aspmx.l.google.com'];
    expect(await guess('ada@example.org')).toMatchObject({ name: 'Google Workspace', perDay: 2000 });
    expect(asked).toEqual([]);
  });

  it('are those the domain announces in the DNS', async () => {
    world.srv['_submissions._tcp.example.com'] = [
      { name: 'mail.example.com', port: 465, priority: 0, weight: 1 },
    ];
    world.srv['_imap._tcp.example.com'] = [{ name: 'mail.example.com', port: 143, priority: 0, weight: 1 }];
    expect(await guess('ada@example.com')).toMatchObject({
      source: 'srv',
      smtp: { host: 'mail.example.com', port: 465, tls: 'implicit', username: 'ada@example.com' },
      imap: { host: 'mail.example.com', port: 143, tls: 'starttls' },
    });
  });

  it('are those of its file for mail programs, else of the public collection, which gets the domain alone', async () => {
    world.files['https://autoconfig.example.com/mail/config-v1.1.xml?emailaddress=ada%40example.com'] =
      AUTOCONFIG;
    expect(await guess('ada@example.com')).toMatchObject({
      source: 'autoconfig',
      name: 'Example Mail',
      smtp: { host: 'smtp.example.com', username: 'ada' },
      imap: { host: 'imap.example.com', username: 'ada' },
    });
    world.mx['example.org'] = ['mx1.mail.example.net'];
    world.files['https://autoconfig.thunderbird.net/v1.1/example.net'] = AUTOCONFIG;
    expect(await guess('ada@example.org')).toMatchObject({ source: 'database' });
    const collection = asked.filter((url) => url.includes('thunderbird'));
    expect(collection.length).toBeGreaterThan(1);
    expect(collection.join(' ')).not.toContain('ada');
  });

  it('are asked for by hand where nothing is known, and nothing is made', async () => {
    world.files['https://example.com/.well-known/autoconfig/mail/config-v1.1.xml'] = '<html>Welcome</html>';
    expect(await guess('ada@example.com')).toMatchObject({
      found: false,
      smtp: null,
      tried: expect.arrayContaining(['autoconfig.example.com']),
    });
    const { body } = await app.http
      .post('/mailboxes')
      .send({ address: 'ada@example.com', password: 'x' })
      .expect(422);
    expect(body).toMatchObject({ detail: expect.stringContaining('by hand') });
  });

  it('make a whole mailbox of an address and a password', async () => {
    const { body } = await app.http
      .post('/mailboxes')
      .send({ address: 'ada@example.com', password: 'open sesame' })
      .expect(422);
    expect(JSON.stringify(body)).not.toContain('sesame');
    world.files['https://autoconfig.example.com/mail/config-v1.1.xml?emailaddress=ada%40example.com'] =
      AUTOCONFIG;
    const made = await app.http
      .post('/mailboxes')
      .send({ address: 'ada@example.com', password: 'open sesame' })
      .expect(201);
    expect(made.body).toMatchObject({
      host: 'smtp.example.com',
      port: 465,
      tls: 'implicit',
      username: 'ada',
      hasPassword: true,
      auth: 'password',
      imap: { host: 'imap.example.com', port: 993, tls: 'implicit', username: 'ada', hasPassword: false },
      state: 'active',
      isDefault: true,
      dailyCap: 20,
      warmUpFrom: '2026-11-21',
    });
    expect(made.text).not.toContain('sesame');
  });
});
