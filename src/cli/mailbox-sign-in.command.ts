import { Option, SubCommand } from 'nest-commander';
import { MailboxSignInService } from '../accounts/mailbox-sign-in.service.js';
import type { Desk } from './desk.js';
import { Failed, WrongUsage } from './exit.js';
import { answerAt, openLoopback } from './loopback.js';
import { mailboxOf } from './mailbox-lines.js';
import { OwnedCommand, type OwnerOption } from './owned.command.js';
import { askLine, isInteractive, say } from './terminal.js';

interface SignInOptions extends OwnerOption {
  paste?: boolean;
}

@SubCommand({
  name: 'sign-in',
  arguments: '<mailbox>',
  argsDescription: { mailbox: 'its address, or the end of its id' },
  description: 'Sign in at Google or Microsoft in your browser (OAuth).',
})
export class MailboxSignInCommand extends OwnedCommand {
  protected readonly examples = [
    'mailbox sign-in ada@example.org',
    'mailbox sign-in ada@example.org --paste',
  ];

  @Option({
    flags: '--paste',
    description: 'the browser is on another machine: paste the address it ends at',
  })
  readPaste(): boolean {
    return true;
  }

  async run([given = '']: string[], options: SignInOptions): Promise<void> {
    const desk = await this.desk(options);
    await signInHere(desk, await mailboxOf(desk, given), options);
    await desk.remind('What waits for it is sent');
  }
}

/** The whole sign-in from the command line; says how it ended. */
export async function signInHere(
  desk: Desk,
  id: string,
  { paste = false }: { paste?: boolean },
): Promise<void> {
  const signIns = desk.get(MailboxSignInService);
  if (paste) {
    if (!isInteractive()) throw new WrongUsage('--paste: nobody is there to paste it.');
    const { url } = await signIns.begin(desk.ownerId, id, null);
    say(`Open this in your browser and sign in:\n\n  ${url}\n`);
    const back = (await askLine('The address it ends at, even if no page comes: ')).trim();
    const mark = back.indexOf('?');
    if (mark === -1)
      throw new Failed(
        'That is not the address it ended at, which holds a question mark. Nothing was changed.',
      );
    const { address } = await signIns.finish(new URLSearchParams(back.slice(mark)));
    return say(`${address} is signed in.`);
  }
  const loopback = await openLoopback();
  try {
    const { url } = await signIns.begin(desk.ownerId, id, loopback.redirectUri);
    say(`Open this in your browser, on this machine, and sign in:\n\n  ${url}\n`);
    say(`${await answerAt(loopback, signIns)} is signed in.`);
  } finally {
    loopback.close();
  }
}
