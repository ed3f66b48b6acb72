import { setTimeout as delay } from 'node:timers/promises';
import { CONFIG, type Config } from '../../src/config.js';
import type { Mailbox } from '../../src/database/entities/owner.entity.js';
import { newId } from '../../src/database/ids.js';
import { LISTEN_TIMES, type ListenTimes } from '../../src/inbox/listen.types.js';
import { sealedFor } from '../../src/mail/sealed-columns.js';
import { sealSecret } from '../../src/mail/secrets.js';
import type { TestApp } from '../app.js';
import { buildMailbox } from '../factories.js';
import { DOVECOT_PASSWORD } from './dovecot.js';

/** Listening that hears of everything within a second. */
export const QUICK: ListenTimes = {
  ...LISTEN_TIMES,
  lease: 1_500,
  search: 100,
  look: 300,
  pause: 50,
  longestPause: 200,
  findOut: 0,
};

/** Configuration of a server with folders for what was sent, for spam, and for everything. */
export const FOLDERS = `namespace inbox {
  mailbox Sent {
    special_use = \\Sent
    auto = create
  }
  mailbox Junk {
    special_use = \\Junk
    auto = create
  }
  mailbox Alles {
    special_use = \\All
  }
}
`;

/** A mailbox that is read from Dovecot by this user's name, without TLS. */
export function buildDovecotMailbox(
  app: TestApp,
  imapPort: number,
  imapUsername: string,
  over: Partial<Mailbox> = {},
): Promise<Mailbox> {
  const id = newId();
  const { secretKey } = app.nest.get<Config>(CONFIG);
  return buildMailbox(app, {
    id,
    address: `${imapUsername}@example.org`,
    imapHost: '127.0.0.1',
    imapPort,
    imapTls: 'none',
    imapUsername,
    imapPasswordSealed: sealSecret(DOVECOT_PASSWORD, secretKey, sealedFor('imap_password_sealed', id)),
    savesSent: true,
    ...over,
  });
}

/** Waits for what comes of itself. */
export async function until(what: string, holds: () => Promise<boolean>, ms = 60_000): Promise<void> {
  const end = performance.now() + ms;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`never: ${what}`);
    await delay(50);
  }
}
