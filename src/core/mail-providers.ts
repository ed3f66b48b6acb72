import { PROVIDER_TABLE } from './mail-provider-table.js';
import type { MailProvider, MailServer } from './mail-provider.types.js';

const THIS_MACHINE = '127.0.0.1';

/** TLS that belongs to a port: RFC 8314 for 465 and 993, else STARTTLS. */
export function tlsOfPort(port: number): 'implicit' | 'starttls' {
  return port === 465 || port === 993 ? 'implicit' : 'starttls';
}

export const PROVIDERS: readonly MailProvider[] = read(PROVIDER_TABLE);

const byDomain = new Map(PROVIDERS.flatMap((one) => one.domains.map((domain) => [domain, one] as const)));

/** Whose own address this is. @param domain as after the @, any case */
export function providerOfDomain(domain: string): MailProvider | null {
  const name = domain.toLowerCase();
  if (name.endsWith('.onmicrosoft.com')) return byDomain.get('onmicrosoft.com') ?? null;
  return byDomain.get(name) ?? null;
}

/**
 * Who takes in the mail of an own domain, and so mostly sends it too.
 * @param exchangers names of MX records, best first
 */
export function providerOfMx(exchangers: readonly string[]): MailProvider | null {
  const [first] = exchangers.map((name) => name.toLowerCase().replace(/\.$/, ''));
  if (first === undefined) return null;
  // The longest end wins: Outlook.com's lies within that of Microsoft 365.
  const fitting = PROVIDERS.flatMap((one) =>
    one.mx.filter((end) => first === end || first.endsWith(`.${end}`)).map((end) => ({ one, end })),
  ).sort((a, b) => b.end.length - a.end.length);
  const [best] = fitting;
  if (!best) return null;
  const at = (server: MailServer): MailServer => ({ ...server, host: server.host.replace('{mx}', first) });
  return { ...best.one, smtp: at(best.one.smtp), imap: best.one.imap && at(best.one.imap) };
}

/** By one of its own servers, for a mailbox that is connected already. A bridge on this machine is known by its port. */
export function providerOfServer({ host, port }: Pick<MailServer, 'host' | 'port'>): MailProvider | null {
  const name = host.toLowerCase();
  const is = (one: MailServer | null): boolean =>
    one?.host === name && (name !== THIS_MACHINE || one.port === port);
  return PROVIDERS.find(({ smtp, imap }) => is(smtp) || is(imap)) ?? null;
}

function read(table: string): MailProvider[] {
  const providers: MailProvider[] = [];
  for (const line of table.trim().split('\n')) {
    const last = providers.at(-1);
    if (line.startsWith('! ') && last) last.first = line.slice(2);
    else providers.push(readLine(line));
  }
  return providers;
}

function readLine(line: string): MailProvider {
  const [name = '', domains = '', mx = '', smtp = '', imap = '', rest = ''] = line
    .split('|')
    .map((cell) => cell.trim());
  const words = (text: string): string[] => text.split(' ').filter((word) => word !== '');
  const marks = new Map(
    words(rest).map((word) => [word.split('=')[0] ?? '', word.slice(word.indexOf('=') + 1)]),
  );
  const oauth = marks.get('oauth');
  return {
    name,
    domains: words(domains),
    mx: words(mx),
    smtp: readServer(smtp),
    imap: imap === '' ? null : readServer(imap),
    username: marks.get('user') === 'local' ? 'local' : 'address',
    appPassword: marks.get('app') ?? null,
    oauth: oauth === 'google' || oauth === 'microsoft' ? oauth : null,
    oauthOnly: marks.has('oauth-only'),
    savesSent: marks.has('saves') ? true : marks.has('leaves') ? false : null,
    perDay: marks.has('day') ? Number(marks.get('day')) : null,
    first: null,
  };
}

function readServer(text: string): MailServer {
  const colon = text.lastIndexOf(':');
  const port = Number(text.slice(colon + 1));
  const host = text.slice(0, colon);
  // Within this machine a bridge has no certificate that anybody signed.
  return { host, port, tls: host === THIS_MACHINE ? 'none' : tlsOfPort(port) };
}
