import type { Stage } from './smtp.types.js';

interface Entry {
  tnx?: string | undefined;
  localAddress?: unknown;
}

/**
 * Listens to nodemailer's transaction log, for its errors do not tell where a conversation was lost: after the
 * final dot and at MAIL alike it says ECONNECTION, command CONN. Holds nothing but the place: no secrets (the
 * log masks them, and AUTH lines are not kept) and no bodies.
 */
export class Transcript {
  stage: Stage;
  /** The reply to EHLO, as last given (after STARTTLS it is the one over TLS). */
  ehlo = '';
  /** Since `begin`: the RCPT commands we gave, and the replies that came. */
  recipients: string[] = [];
  replies: string[] = [];
  /** The final dot has been handed to the socket. */
  dotWritten = false;
  /** Our last command was EHLO: only the reply to it lists what the server can do. */
  #askedEhlo = false;

  constructor(opening: Stage) {
    this.stage = opening;
  }

  begin(): void {
    this.recipients = [];
    this.replies = [];
    this.dotWritten = false;
  }

  /** The shape nodemailer asks for: bunyan's. Other levels fall to `info`, where only known entries count. */
  readonly logger = {
    debug: (entry: Entry, line?: string): void => {
      if (entry.tnx === 'client') this.#said(line ?? '');
      if (entry.tnx === 'server') this.#heard(line ?? '');
    },
    info: (entry: Entry): void => {
      if (entry.tnx === 'network' && entry.localAddress !== undefined) this.stage = 'greeting';
      if (entry.tnx === 'message') this.dotWritten = true;
    },
  };

  #said(command: string): void {
    this.#askedEhlo = /^(EHLO|HELO) /.test(command);
    if (this.#askedEhlo) this.stage = 'ehlo';
    if (command === 'STARTTLS') this.stage = 'tls';
    if (command.startsWith('AUTH ')) this.stage = 'auth';
    if (command.startsWith('RCPT ')) this.recipients.push(command);
  }

  #heard(reply: string): void {
    if (this.#askedEhlo && reply.startsWith('250')) this.ehlo = reply;
    this.replies.push(reply);
  }
}
