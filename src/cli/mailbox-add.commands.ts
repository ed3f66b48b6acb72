import { Option, SubCommand } from 'nest-commander';
import { MailboxSignInService } from '../accounts/mailbox-sign-in.service.js';
import {
  createMailbox,
  editMailbox,
  type GuessAnswer,
  guessAsk,
  type MailboxAnswer,
} from '../accounts/mailboxes.schemas.js';
import { MailboxesService } from '../accounts/mailboxes.service.js';
import { Failed, WrongUsage } from './exit.js';
import { mailboxOf, serverLine } from './mailbox-lines.js';
import {
  MailboxOptionsCommand,
  namesPassword,
  OPTION_NAMES,
  passwordFrom,
  type ServerOptions,
  wishFrom,
} from './mailbox-options.js';
import { signInHere } from './mailbox-sign-in.command.js';
import { readAs } from './read-as.js';
import { short } from './table.js';
import { isInteractive, say } from './terminal.js';

interface AddOptions extends ServerOptions {
  address?: string;
  host?: string;
  port?: string;
  oauth?: string;
}

@SubCommand({
  name: 'add',
  arguments: '[address]',
  argsDescription: { address: 'the From address' },
  description: 'Connect a mailbox: its servers are found from the address, the password is asked.',
})
export class MailboxAddCommand extends MailboxOptionsCommand {
  protected readonly examples = [
    'mailbox add ada@example.org',
    'mailbox add ada@example.org --password-file secret',
    'mailbox add ada@example.org --oauth google',
    'mailbox add ada@example.org --smtp mx.example.org:465 --no-imap',
    'mailbox add ada@example.org --smtp 127.0.0.1:25 --tls none',
  ];

  @Option({ flags: '--address <address>', description: 'the From address, as an option' })
  readAddress(text: string): string {
    return text;
  }

  @Option({ flags: '--host <host>', description: 'the same as --smtp' })
  readHost(text: string): string {
    return text;
  }

  @Option({ flags: '--port <port>', description: 'of --host' })
  readPort(text: string): string {
    return text;
  }

  @Option({ flags: '--oauth <provider>', description: 'sign in by OAuth: google or microsoft' })
  readOAuth(text: string): string {
    return text;
  }

  async run([named]: string[], given: AddOptions): Promise<void> {
    const address = named ?? given.address;
    if (address === undefined)
      throw new WrongUsage('Which address? followthrough mailbox add ada@example.org');
    const smtp = given.smtp ?? (given.host === undefined ? undefined : `${given.host}${given.port === undefined ? '' : `:${given.port}`}`); // prettier-ignore
    const options = { ...given, ...(smtp !== undefined && { smtp }) };
    const wish: Record<string, unknown> = { address, ...(await wishFrom(options)) };
    if (given.oauth !== undefined) Object.assign(wish, { auth: 'oauth2', oauthProvider: given.oauth });
    readAs(guessAsk, { address }, OPTION_NAMES);
    if (
      smtp !== undefined &&
      given.username === undefined &&
      namesPassword(given) &&
      given.oauth === undefined
    ) {
      throw new WrongUsage('A password wants --username too.');
    }
    const desk = await this.desk(given);
    if (smtp === undefined) {
      const guess = await desk.get(MailboxSignInService).guess(address);
      sayGuess(guess, address);
      if (wish['auth'] === undefined) wish['auth'] = wayOf(guess, namesPassword(given));
      if (wish['auth'] === 'oauth2') wish['oauthProvider'] ??= guess.oauth ?? undefined;
    }
    const asks = wish['auth'] !== 'oauth2' && (smtp === undefined || given.username !== undefined);
    if (asks) wish['password'] = await passwordFrom(given);
    const wanted = readAs(createMailbox, wish, OPTION_NAMES);
    const mailbox = await desk.get(MailboxesService).add(desk.ownerId, wanted);
    say(`Added ${mailbox.address} (${short(mailbox.id)}).`);
    if (mailbox.auth === 'oauth2' && isInteractive()) await signInHere(desk, mailbox.id, {});
    else if (mailbox.auth === 'oauth2') say(`Sign in: followthrough mailbox sign-in ${mailbox.address}`);
    if (mailbox.imap === null) say('It is not read: answers are seen only where you say that they came.');
    if (mailbox.auth !== 'oauth2' || isInteractive()) {
      say(`Try it: followthrough mailbox test ${short(mailbox.id)}`);
    }
  }
}

/** What was found, and what its provider wants, before a password is asked for. */
function sayGuess(guess: GuessAnswer, address: string): void {
  if (!guess.found || guess.smtp === null) {
    throw new Failed(
      `The servers of ${address} were not found (asked: ${guess.tried.join(', ')}). Is ${address.slice(address.lastIndexOf('@') + 1)} spelt right, and this machine online? Else give them, as your provider's help names them: --smtp <host:port> --imap <host:port> --username <name>`,
    );
  }
  const ways: Record<NonNullable<GuessAnswer['source']>, string> = {
    provider: 'a known provider',
    exchanger: 'it takes in the mail of this domain',
    srv: 'so the domain says in the DNS',
    autoconfig: 'so the domain says to mail programs',
    database: 'from the public collection for mail programs',
  };
  const how = guess.source === null ? '' : ` (${ways[guess.source]})`;
  say(`${guess.name ?? 'Servers'}${how}:`);
  say(`  SMTP ${serverLine(guess.smtp)}, as ${guess.smtp.username}`);
  if (guess.imap) say(`  IMAP ${serverLine(guess.imap)}, as ${guess.imap.username}`);
  if (guess.perDay !== null) say(`  It lets through about ${guess.perDay} recipients a day.`);
  if (guess.first !== null) say(guess.first);
  if (guess.appPassword !== null && !guess.oauthOnly) {
    say(`It wants an app password in place of your own: make one at ${guess.appPassword}`);
  }
}

function wayOf(guess: GuessAnswer, hasPassword: boolean): 'password' | 'oauth2' {
  if (!hasPassword && guess.oauth !== null && guess.oauthReady) return 'oauth2';
  if (!guess.oauthOnly) return 'password';
  const setting = guess.oauth === 'google' ? 'GOOGLE_CLIENT_ID' : 'MICROSOFT_CLIENT_ID';
  throw new Failed(
    `${guess.name ?? 'This provider'} takes no passwords from programs. Set ${setting} to an OAuth client of yours (docs/mailboxes.md says how), then say this again.`,
  );
}

interface EditOptions extends ServerOptions {
  oauth?: string;
  password?: boolean;
}

@SubCommand({
  name: 'edit',
  arguments: '<mailbox>',
  argsDescription: { mailbox: 'its address, or the end of its id' },
  description: 'Change servers, user name, password or pace of a mailbox.',
})
export class MailboxEditCommand extends MailboxOptionsCommand {
  protected readonly examples = [
    'mailbox edit ada@example.org --password',
    'mailbox edit ada@example.org --imap imap.example.org:993',
    'mailbox edit ada@example.org --daily-cap 40 --gap 120',
    'mailbox edit ada@example.org --oauth microsoft',
  ];

  @Option({ flags: '--password', description: 'ask for a new password' })
  readPassword(): boolean {
    return true;
  }

  @Option({ flags: '--oauth <provider>', description: 'sign in by OAuth from now on: google or microsoft' })
  readOAuth(text: string): string {
    return text;
  }

  async run([given = '']: string[], options: EditOptions): Promise<void> {
    const wish = await wishFrom(options);
    if (options.oauth !== undefined) Object.assign(wish, { auth: 'oauth2', oauthProvider: options.oauth });
    const asks = options.password === true || namesPassword(options);
    if (asks) Object.assign(wish, { password: await passwordFrom(options), auth: 'password' });
    if (Object.keys(wish).length === 0) throw new WrongUsage('Say what to change.');
    const wanted = readAs(editMailbox, wish, OPTION_NAMES);
    const desk = await this.desk(options);
    const mailboxes = desk.get(MailboxesService);
    const before = await mailboxes.get(desk.ownerId, await mailboxOf(desk, given));
    if (asks && before.username === null && options.username === undefined) wanted.username = before.address;
    const mailbox: MailboxAnswer = await mailboxes.edit(desk.ownerId, before.id, before.version, wanted);
    say(`Changed ${mailbox.address}.`);
    say(
      mailbox.auth === 'oauth2' && !mailbox.signedIn
        ? `Sign in: followthrough mailbox sign-in ${mailbox.address}`
        : `Try it: followthrough mailbox test ${short(mailbox.id)}`,
    );
  }
}
