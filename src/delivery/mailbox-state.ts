import type { SendVerdict } from '../core/smtp-result.js';
import { affected, type Db } from '../database/rows.js';

/** The server refused *us*: the mailbox rests and its messages stay approved. */
export async function pauseMailbox(
  db: Db,
  mailboxId: string,
  verdict: Extract<SendVerdict, { kind: 'mailbox' }>,
  now: Date,
): Promise<void> {
  const until = verdict.pauseSeconds === null ? null : new Date(now.getTime() + verdict.pauseSeconds * 1000);
  await affected(
    db,
    `UPDATE mailbox SET state = 'paused', paused_why = $2, paused_until = $3, version = version + 1 WHERE id = $1`,
    [mailboxId, `${verdict.why} ${verdict.advice}`.trim(), until],
  );
}

/** It took us again. */
export async function wakeMailbox(db: Db, mailboxId: string): Promise<void> {
  await affected(
    db,
    `UPDATE mailbox SET state = 'active', paused_why = NULL, paused_until = NULL, version = version + 1
      WHERE id = $1 AND state = 'paused' AND paused_until IS NOT NULL`,
    [mailboxId],
  );
}
