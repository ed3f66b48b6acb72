import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { canonicalEmail } from '../core/import/identity.js';
import type { ParsedMail } from '../core/inbound.js';
import { parseMail } from '../mail/parse.js';
import { answerMail, awayMail, bounceMail, dayInWords } from './invented-mail.js';
import { awakeAt, reactionTo, seedOf, type Letter } from './invented-people.js';
import { answerTo, ASSISTANT, optOut } from './invented-words.js';
import type { TownHears, TownSays } from './smtp-town.js';

/** A mail of an invented person on its way to the owner. */
export interface Underway {
  at: Date;
  seed: string;
  raw: Buffer;
}

export interface Received {
  recipient: string;
  mail: ParsedMail;
}

const HOUR = 3_600_000;

/** The invented people behind their mail server: takes what it received, and knows what they will send and when. */
export class Town {
  /** Every mail that arrived, in the order of arrival. */
  readonly received: Received[] = [];
  port = 0;
  private underway: Underway[] = [];
  private reading: Promise<void> = Promise.resolve();
  private trouble: Error | null = null;
  private child: ChildProcess | null = null;

  /** `zoneOf` tells where the holder of a canonical address lives: people answer when they are awake. */
  constructor(
    private readonly now: () => Date,
    private readonly zoneOf: (canonical: string) => Promise<string>,
  ) {}

  async open(): Promise<void> {
    const child = fork(fileURLToPath(new URL('./smtp-town.js', import.meta.url)), [], { execArgv: [] });
    this.child = child;
    this.port = await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', () => reject(new Error('the mail server of the invented people did not start')));
      child.on('message', (said: TownSays) => {
        if (said.kind === 'open') resolve(said.port);
        else this.hear(said, child);
      });
    });
  }

  /** The earliest instant at which somebody's mail is due. */
  async nextAt(): Promise<Date | null> {
    await this.caughtUp();
    return this.underway.length === 0
      ? null
      : new Date(Math.min(...this.underway.map(({ at }) => at.getTime())));
  }

  /** What has arrived by now, in the order of time and then of who wrote it. */
  async arrivedBy(now: Date): Promise<Underway[]> {
    await this.caughtUp();
    const here = this.underway.filter(({ at }) => at <= now);
    this.underway = this.underway.filter(({ at }) => at > now);
    return here.sort((a, b) => a.at.getTime() - b.at.getTime() || (a.seed < b.seed ? -1 : 1));
  }

  async close(): Promise<void> {
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await gone;
  }

  private async caughtUp(): Promise<void> {
    await this.reading;
    if (this.trouble !== null) throw this.trouble;
  }

  private hear(said: Extract<TownSays, { kind: 'mail' }>, child: ChildProcess): void {
    const at = this.now();
    this.reading = this.reading
      .then(() => this.read(said, at))
      .catch((error: unknown) => {
        this.trouble ??= error instanceof Error ? error : new Error(String(error));
      })
      .then(() => {
        const heard: TownHears = { kind: 'heard', number: said.number };
        if (child.connected) child.send(heard);
      });
  }

  private async read({ recipient, raw }: { recipient: string; raw: string }, at: Date): Promise<void> {
    const parsed = await parseMail(Buffer.from(raw, 'base64'));
    if (parsed.kind === 'refused') throw new Error(`the town received what is no mail: ${parsed.reason}`);
    const { mail } = parsed;
    this.received.push({ recipient, mail });
    const address = canonicalEmail(recipient) ?? recipient.toLowerCase();
    const letter: Letter = {
      address,
      greeted: /^Hi (.+?),/.exec(mail.text)?.[1] ?? '',
      step: stepOf(mail),
    };
    this.underway.push(...mailsOf(letter, mail, at, await this.zoneOf(address)));
  }
}

function stepOf(mail: ParsedMail): Letter['step'] {
  if (/^Happy birthday/.test(mail.subject)) return 'birthday';
  return mail.inReplyTo === null ? 'first' : 'follow-up';
}

/** What comes back for one mail: nothing, one mail, or a machine's and then a person's. */
export function mailsOf(letter: Letter, mail: ParsedMail, at: Date, zone: string): Underway[] {
  const seed = seedOf(letter);
  const reaction = reactionTo(letter);
  const after = (hours: number): Date => new Date(Math.ceil((at.getTime() + hours * HOUR) / 60_000) * 60_000);
  const from = { name: letter.greeted, address: letter.address };
  const answer = (when: Date, text: string, by = from): Underway => {
    const own = `${seed} answer`;
    return { at: when, seed: own, raw: answerMail({ from: by, to: mail, at: when, text, seed: own }) };
  };
  switch (reaction.kind) {
    case 'silence':
      return [];
    case 'answer': {
      const when = awakeAt(after(reaction.hours), zone);
      if (reaction.by === 'self') return [answer(when, answerTo(mail.text, seed))];
      const desk = {
        name: `Assistant of ${from.name}`,
        address: `desk@${letter.address.split('@')[1] ?? ''}`,
      };
      return [answer(when, ASSISTANT, desk)];
    }
    case 'away': {
      const when = after(reaction.hours);
      const back = dayInWords(after(reaction.backInDays * 24), zone);
      const own = `${seed} away`;
      const away = { at: when, seed: own, raw: awayMail({ from, to: mail, at: when, seed: own }, back) };
      if (!reaction.answer) return [away];
      return [away, answer(awakeAt(after(reaction.answer.hours), zone), answerTo(mail.text, seed))];
    }
    case 'bounce': {
      const when = after(reaction.hours);
      const own = `${seed} bounce`;
      const { severity } = reaction;
      return [
        {
          at: when,
          seed: own,
          raw: bounceMail({ to: mail, address: letter.address, at: when, severity, seed: own }),
        },
      ];
    }
    case 'opt-out':
      return [answer(awakeAt(after(reaction.hours), zone), optOut(seed))];
  }
}
