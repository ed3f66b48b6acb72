import { readFile } from 'node:fs/promises';
import { Option } from 'nest-commander';
import { tlsOfPort } from '../core/mail-providers.js';
import { readVariable } from '../config.js';
import { Failed, WrongUsage } from './exit.js';
import { OwnedCommand, type OwnerOption } from './owned.command.js';
import { readCount } from './read-as.js';
import { askSecret, isInteractive, readStdin } from './terminal.js';

export interface ServerOptions extends OwnerOption {
  smtp?: string;
  tls?: string;
  imap?: string | boolean;
  imapTls?: string;
  username?: string;
  imapUsername?: string;
  displayName?: string;
  passwordStdin?: boolean;
  passwordFile?: string;
  passwordEnv?: string;
  dailyCap?: number;
  hourlyCap?: number;
  gap?: number;
  warmUp?: boolean;
  dkimDomain?: string;
  dkimSelector?: string;
  dkimKey?: string;
}

/** The options that say how a mailbox is reached and how fast it sends; `add` and `edit` share them. */
export abstract class MailboxOptionsCommand extends OwnedCommand {
  @Option({ flags: '--smtp <server>', description: 'SMTP server, with its port: smtp.example.org:587' })
  readSmtp(text: string): string {
    return text;
  }

  @Option({ flags: '--tls <way>', description: 'of SMTP: implicit, starttls or none; by the port otherwise' })
  readTls(text: string): string {
    return text;
  }

  @Option({ flags: '--imap <server>', description: 'IMAP server, with its port: imap.example.org:993' })
  readImap(text: string): string {
    return text;
  }

  @Option({ flags: '--no-imap', description: 'do not read it: answers are not seen' })
  readNoImap(): boolean {
    return false;
  }

  @Option({ flags: '--imap-tls <way>', description: 'of IMAP: implicit, starttls or none' })
  readImapTls(text: string): string {
    return text;
  }

  @Option({ flags: '--username <name>', description: 'to sign in with; without it nobody signs in' })
  readUsername(text: string): string {
    return text;
  }

  @Option({ flags: '--imap-username <name>', description: 'at IMAP, where it is another' })
  readImapUsername(text: string): string {
    return text;
  }

  @Option({ flags: '--display-name <name>', description: "the From name; the owner's by default" })
  readDisplayName(text: string): string {
    return text;
  }

  @Option({ flags: '--password-stdin', description: 'read the password from standard input' })
  readPasswordStdin(): boolean {
    return true;
  }

  @Option({ flags: '--password-file <file>', description: 'read the password from a file' })
  readPasswordFile(text: string): string {
    return text;
  }

  @Option({
    flags: '--password-env <name>',
    description: 'read the password from a variable of the environment',
  })
  readPasswordEnv(text: string): string {
    return text;
  }

  @Option({ flags: '--daily-cap <count>', description: 'mails on one of your days' })
  readDailyCap(text: string): number {
    return readCount(text, '--daily-cap');
  }

  @Option({ flags: '--hourly-cap <count>', description: 'mails in any hour' })
  readHourlyCap(text: string): number {
    return readCount(text, '--hourly-cap');
  }

  @Option({ flags: '--gap <seconds>', description: 'shortest time between two mails' })
  readGap(text: string): number {
    return text === '0' ? 0 : readCount(text, '--gap');
  }

  @Option({ flags: '--no-warm-up', description: 'send at full pace from the first day' })
  readNoWarmUp(): boolean {
    return false;
  }

  @Option({ flags: '--dkim-domain <domain>', description: 'sign with a key of your own (DKIM)' })
  readDkimDomain(text: string): string {
    return text;
  }

  @Option({ flags: '--dkim-selector <name>', description: 'under which the DNS shows its public half' })
  readDkimSelector(text: string): string {
    return text;
  }

  @Option({ flags: '--dkim-key <file>', description: 'the private key, PEM' })
  readDkimKey(text: string): string {
    return text;
  }
}

/** What wrong input is called on the command line. */
export const OPTION_NAMES: Readonly<Record<string, string>> = {
  address: 'the address',
  displayName: '--display-name',
  password: 'the password',
  host: '--smtp',
  port: '--smtp',
  'imap.host': '--imap',
  'imap.port': '--imap',
  'imap.tls': '--imap-tls',
  'imap.username': '--imap-username',
  'imap.password': 'the password',
  dailyCap: '--daily-cap',
  hourlyCap: '--hourly-cap',
  gapSeconds: '--gap',
  oauthProvider: '--oauth',
  'dkim.domain': '--dkim-domain',
  'dkim.selector': '--dkim-selector',
  'dkim.key': '--dkim-key',
};

/** The options in the API's words; a password is not among them. */
export async function wishFrom(given: ServerOptions): Promise<Record<string, unknown>> {
  const { username, displayName, dailyCap, hourlyCap, gap, warmUp } = given;
  const server = given.smtp === undefined ? undefined : serverFrom('--smtp', given.smtp, given.tls);
  const wish = {
    ...(server ?? (given.tls !== undefined && { tls: given.tls })),
    ...(typeof given.imap === 'string' && {
      imap: { ...serverFrom('--imap', given.imap, given.imapTls), ...(given.imapUsername !== undefined && { username: given.imapUsername }) }, // prettier-ignore
    }),
    ...(given.imap === false && { imap: null }),
    ...{ username, displayName, dailyCap, hourlyCap, gapSeconds: gap },
    ...(warmUp === false && { warmUpFrom: null }),
    ...(given.dkimKey !== undefined && {
      dkim: {
        domain: given.dkimDomain,
        selector: given.dkimSelector,
        key: await readFile(given.dkimKey, 'utf8'),
      },
    }),
  };
  return Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined));
}

function serverFrom(option: string, text: string, tls: string | undefined): Record<string, unknown> {
  const [, host = text, port] = /^(.*?)(?::(\d{1,5}))?$/.exec(text) ?? [];
  if (Number(port ?? 1) < 1 || Number(port ?? 1) > 65_535) {
    throw new WrongUsage(`${option}: in "${text}" the port is no number from 1 to 65535.`);
  }
  return {
    host: host.replace(/^\[|\]$/g, ''),
    ...(port !== undefined && { port: Number(port) }),
    ...(tls !== undefined ? { tls } : port !== undefined && { tls: tlsOfPort(Number(port)) }),
  };
}

export function namesPassword({ passwordStdin, passwordFile, passwordEnv }: ServerOptions): boolean {
  return passwordStdin === true || passwordFile !== undefined || passwordEnv !== undefined;
}

/** The password from where the options say, else typed without being shown. Its last line end is none of it. */
export async function passwordFrom(given: ServerOptions): Promise<string> {
  const password = (await passwordText(given)).replace(/\r?\n$/, '');
  if (password === '') throw new WrongUsage('The password is empty.');
  return password;
}

async function passwordText({ passwordStdin, passwordFile, passwordEnv }: ServerOptions): Promise<string> {
  if (passwordFile !== undefined) return readFile(passwordFile, 'utf8');
  if (passwordStdin) return (await readStdin(2000)).toString('utf8');
  if (passwordEnv !== undefined) {
    const value = readVariable(passwordEnv);
    if (value === undefined) throw new Failed(`${passwordEnv} is not set.`);
    return value;
  }
  if (!isInteractive()) {
    throw new WrongUsage(
      'Nobody is there to type the password: use --password-stdin, --password-file or --password-env.',
    );
  }
  return askSecret('Password (not shown): ');
}
