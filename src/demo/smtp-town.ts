import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import { doorkeeper } from './invented-people.js';

/**
 * The mail server of the invented people: a process of its own on a loopback port. Each mail it is about to take is
 * first told to the parent, and taken when the parent has heard: so the parent knows every mail that was accepted.
 */
export type TownSays =
  { kind: 'open'; port: number } | { kind: 'mail'; number: number; recipient: string; raw: string };
export interface TownHears {
  kind: 'heard';
  number: number;
}

const waiting = new Map<number, () => void>();
const asked = new Set<string>();
let count = 0;

function say(words: TownSays): void {
  process.send?.(words);
}

async function take(session: SMTPServerSession, raw: Buffer): Promise<void> {
  const number = (count += 1);
  const heard = new Promise<void>((resolve) => waiting.set(number, resolve));
  say({
    kind: 'mail',
    number,
    recipient: session.envelope.rcptTo[0]?.address ?? '',
    raw: raw.toString('base64'),
  });
  await heard;
}

const server = new SMTPServer({
  name: 'mx.example.com',
  banner: 'the invented town',
  disabledCommands: ['AUTH', 'STARTTLS'],
  disableReverseLookup: true,
  logger: false,
  onRcptTo({ address }, _session, done) {
    const door = doorkeeper(address.toLowerCase());
    if (door === 'no-such-user') return done(refusal(550, '5.1.1 no such mailbox here'));
    if (door === 'later' && !asked.has(address)) {
      asked.add(address);
      return done(refusal(451, '4.7.1 we do not know you yet, please come again'));
    }
    done();
  },
  onData(stream, session, done) {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      take(session, Buffer.concat(chunks)).then(
        () => done(),
        (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
      );
    });
  },
});

function refusal(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}

process.on('message', ({ number }: TownHears) => {
  waiting.get(number)?.();
  waiting.delete(number);
});
// The parent is gone, however it ended: nobody is left to tell.
process.on('disconnect', () => process.exit(0));
// Ctrl-C goes to the whole group; the parent still has mail in flight and ends this process itself.
process.on('SIGINT', () => undefined);
server.on('error', () => undefined);
const listening = server.listen(0, '127.0.0.1', () => {
  const address = listening.address();
  if (address !== null && typeof address === 'object') say({ kind: 'open', port: address.port });
});
