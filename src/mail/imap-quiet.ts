import { ImapFlow } from 'imapflow';
import type { ImapFlowOptions } from 'imapflow';

/** One node of a command's arguments, as imapflow keeps it. */
interface Argument {
  type?: string;
  value?: unknown;
  section?: unknown;
}

type Exec = (this: ImapFlow, command: string, attributes?: unknown, options?: unknown) => Promise<unknown>;

/** Everything a listener may say. Not among them: SELECT, STORE, EXPUNGE, CLOSE, COPY, MOVE, CREATE, DELETE, RENAME. */
const HARMLESS = new Set([
  'AUTHENTICATE', 'CAPABILITY', 'ENABLE', 'EXAMINE', 'ID', 'IDLE', 'LIST', 'LOGIN', 'LOGOUT', 'LSUB', 'NAMESPACE',
  'NOOP', 'STARTTLS', 'STATUS', 'UID FETCH', 'UID SEARCH', 'XLIST',
]); // prettier-ignore

/** What sets `\Seen` when it is fetched (RFC 3501, 6.4.5); with PEEK it does not. */
const MARKS_SEEN = /^(?:BODY|BINARY|RFC822|RFC822\.TEXT)$/i;

/** A command that would have changed the mailbox. A mistake in the program: it never left. */
export class NotHarmless extends Error {
  constructor(command: string) {
    super(`${command} may change a mailbox and was not sent`);
    this.name = 'NotHarmless';
  }
}

const send = Reflect.get(ImapFlow.prototype, 'exec') as Exec;

/**
 * imapflow behind a list of what may be said (law 8): whatever it or we call, a command that could delete, move or mark
 * does not reach the wire. APPEND only where `mayAppend`.
 */
export class QuietImap extends ImapFlow {
  constructor(
    options: ImapFlowOptions,
    private readonly mayAppend = false,
  ) {
    super({ ...options, disableAutoIdle: true, disableCompression: true });
  }

  /** Every command of imapflow goes through here. */
  exec(command: string, attributes?: unknown, options?: unknown): Promise<unknown> {
    const name = command.toUpperCase();
    const allowed = HARMLESS.has(name) || (name === 'APPEND' && this.mayAppend);
    if (!allowed || (name === 'UID FETCH' && marksSeen(attributes))) {
      return Promise.reject(new NotHarmless(name));
    }
    return send.call(this, command, attributes, options);
  }
}

function marksSeen(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(marksSeen);
  if (typeof node !== 'object' || node === null) return false;
  const { type, value } = node as Argument;
  return type === 'ATOM' && typeof value === 'string' && MARKS_SEEN.test(value);
}
