import { domainToASCII } from 'node:url';
import { readAutoconfig, type NamedServer } from '../core/mail-autoconfig.js';
import type { MailProvider, MailServer } from '../core/mail-provider.types.js';
import { providerOfDomain, providerOfMx, providerOfServer } from '../core/mail-providers.js';
import { serversOfSrv } from '../core/mail-srv.js';
import type { OutsideWorld } from './guess-outside.js';

/** How the servers were found. `database` is the public one of mail programs, asked by domain alone. */
export type GuessSource = 'provider' | 'exchanger' | 'srv' | 'autoconfig' | 'database';

export interface GuessedServer extends MailServer {
  username: string;
}

export interface Guessed {
  kind: 'found';
  source: GuessSource;
  /** Of the provider, where it is known. */
  name: string | null;
  smtp: GuessedServer;
  imap: GuessedServer | null;
  oauth: 'google' | 'microsoft' | null;
  oauthOnly: boolean;
  appPassword: string | null;
  first: string | null;
  savesSent: boolean | null;
  perDay: number | null;
}

export type Guess = Guessed | { kind: 'none'; tried: string[] };

/**
 * The servers of an address: by a table of known providers, else by who takes in the domain's mail, else by what the domain
 * says of itself (RFC 6186 and 8314, then the file for mail programs), else by the public collection of such files. Nothing
 * is connected to but the DNS and public https.
 */
export async function guessServers(address: string, world: OutsideWorld): Promise<Guess> {
  const domain = domainToASCII(address.slice(address.lastIndexOf('@') + 1));
  const known = providerOfDomain(domain);
  if (known) return ofProvider(known, address, 'provider');
  const exchangers = await world.mx(domain);
  const host = providerOfMx(exchangers);
  if (host) return ofProvider(host, address, 'exchanger');
  const announced = await bySrv(domain, address, world);
  if (announced) return announced;
  const tried = [domain, ...exchangers.slice(0, 1).map((name) => `mail exchanger ${name}`)];
  for (const { url, source } of files(domain, address, exchangers)) {
    const fetched = await world.text(url);
    if (fetched.kind === 'text') {
      const read = readAutoconfig(fetched.text, address);
      if (read.kind === 'config') return named(read, source);
    }
    tried.push(new URL(url).hostname);
  }
  return { kind: 'none', tried: [...new Set(tried)] };
}

function ofProvider(provider: MailProvider, address: string, source: GuessSource): Guessed {
  const { name, smtp, imap, oauth, oauthOnly, appPassword, first, savesSent, perDay } = provider;
  const username = provider.username === 'local' ? address.slice(0, address.lastIndexOf('@')) : address;
  return {
    kind: 'found',
    source,
    name,
    smtp: { ...smtp, username },
    imap: imap && { ...imap, username },
    ...{ oauth, oauthOnly, appPassword, first, savesSent, perDay },
  };
}

async function bySrv(domain: string, address: string, world: OutsideWorld): Promise<Guessed | null> {
  const [submissions, submission, imaps, imap] = await Promise.all(
    ['_submissions', '_submission', '_imaps', '_imap'].map((name) => world.srv(`${name}._tcp.${domain}`)),
  );
  const found = serversOfSrv({
    ...(submissions && { submissions }),
    ...(submission && { submission }),
    ...(imaps && { imaps }),
    ...(imap && { imap }),
  });
  if (!found.smtp) return null;
  return plainly('srv', null, { ...found.smtp, username: address }, found.imap && { ...found.imap, username: address }); // prettier-ignore
}

function named(
  { name, smtp, imap }: { name: string | null; smtp: NamedServer; imap: NamedServer | null },
  source: GuessSource,
): Guessed {
  const server = ({ host, port, tls, username }: NamedServer): GuessedServer => ({
    host,
    port,
    tls,
    username,
  });
  const guess = plainly(source, name, server(smtp), imap && server(imap));
  return { ...guess, oauthOnly: guess.oauth !== null && smtp.oauthOnly };
}

/** What is known of a provider is known of its servers too, however they were found. */
function plainly(
  source: GuessSource,
  name: string | null,
  smtp: GuessedServer,
  imap: GuessedServer | null,
): Guessed {
  const provider = providerOfServer(smtp);
  return {
    kind: 'found',
    source,
    name: provider?.name ?? name,
    smtp,
    imap,
    oauth: provider?.oauth ?? null,
    oauthOnly: provider?.oauthOnly ?? false,
    appPassword: provider?.appPassword ?? null,
    first: provider?.first ?? null,
    savesSent: provider?.savesSent ?? null,
    perDay: provider?.perDay ?? null,
  };
}

/** The domain's own files get the whole address, which its provider has anyway; the public collection the domain alone. */
function files(
  domain: string,
  address: string,
  exchangers: readonly string[],
): { url: string; source: GuessSource }[] {
  const who = encodeURIComponent(address);
  // mx1.mail.example.net → mail.example.net, example.net
  const labels = (exchangers[0] ?? '').toLowerCase().replace(/\.$/, '').split('.');
  const behind = [labels.slice(-3), labels.slice(-2)]
    .filter((part) => part.length >= 2 && part.length < labels.length)
    .map((part) => part.join('.'));
  return [
    { url: `https://autoconfig.${domain}/mail/config-v1.1.xml?emailaddress=${who}`, source: 'autoconfig' },
    { url: `https://${domain}/.well-known/autoconfig/mail/config-v1.1.xml`, source: 'autoconfig' },
    ...[domain, ...new Set(behind)].map((name) => ({
      url: `https://autoconfig.thunderbird.net/v1.1/${name}`,
      source: 'database' as const,
    })),
  ];
}
