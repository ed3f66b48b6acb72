import type { DataSource } from 'typeorm';
import { easeOff, slowDown } from '../core/pace-back.js';
import type { Mailbox } from '../database/entities/owner.entity.js';
import { affected, row, type Db } from '../database/rows.js';
import type { MailboxVerdict } from './send-one.js';

type Slowed = Pick<Mailbox, 'slowFactor' | 'slowedUntil'>;

const SLOWED = `SELECT slow_factor, slowed_until FROM mailbox WHERE id = $1 FOR NO KEY UPDATE`;

/** The server refused *us*: the mailbox rests and its messages stay approved. Where it asks for less, it gets less. */
export async function pauseMailbox(
  dataSource: DataSource,
  mailboxId: string,
  verdict: MailboxVerdict,
  now: Date,
): Promise<void> {
  const until = verdict.pauseSeconds === null ? null : new Date(now.getTime() + verdict.pauseSeconds * 1000);
  await dataSource.transaction(async (tx) => {
    const present = await row<Slowed>(tx, SLOWED, [mailboxId]);
    if (!present) return;
    const before = { factor: present.slowFactor, until: present.slowedUntil };
    const slow = verdict.slower ? slowDown(before, now) : before;
    const less = verdict.slower
      ? `From now on it leaves ${slow.factor} times the usual gap between mails; each day that goes well halves that.`
      : '';
    await affected(
      tx,
      `UPDATE mailbox SET state = 'paused', paused_why = $2, paused_until = $3, slow_factor = $4, slowed_until = $5,
              version = version + 1 WHERE id = $1`,
      [
        mailboxId,
        [verdict.why, verdict.advice, less].filter(Boolean).join(' '),
        until,
        slow.factor,
        slow.until,
      ],
    );
  });
}

/**
 * No pause with an end is longer than an hour (core/smtp-result.ts): what ends later was set by a clock that was ahead, and
 * ends now. Two machines may differ by some minutes.
 */
export async function endStrayPauses(db: Db, now: Date): Promise<void> {
  await db.query(
    `UPDATE mailbox SET paused_until = $1, version = version + 1
      WHERE state = 'paused' AND paused_until > $1::timestamptz + interval '65 minutes'`,
    [now],
  );
}

/** It took us again, and nobody has paused it meanwhile. */
export async function wakeMailbox(db: Db, mailboxId: string, now: Date): Promise<void> {
  await affected(
    db,
    `UPDATE mailbox SET state = 'active', paused_why = NULL, paused_until = NULL, version = version + 1
      WHERE id = $1 AND state = 'paused' AND paused_until <= $2`,
    [mailboxId, now],
  );
}

/** Mail was taken: a slowed mailbox that had a good day goes twice as fast again. */
export async function easeMailbox(dataSource: DataSource, mailboxId: string, now: Date): Promise<void> {
  await dataSource.transaction(async (tx) => {
    const present = await row<Slowed>(tx, SLOWED, [mailboxId]);
    const eased = present && easeOff({ factor: present.slowFactor, until: present.slowedUntil }, now);
    if (!eased) return;
    await affected(
      tx,
      `UPDATE mailbox SET slow_factor = $2, slowed_until = $3, version = version + 1 WHERE id = $1`,
      [mailboxId, eased.factor, eased.until],
    );
  });
}
