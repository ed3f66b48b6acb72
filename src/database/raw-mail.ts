import { affected, rows, type Db } from './rows.js';

/** Raw mail is kept this long, in case a reading of it was wrong; its words stay. */
export const RAW_MAIL_DAYS = 90;

/** Drops raw mail older than 90 days, at most a thousand at a time. Says how many. */
export function dropOldRawMail(db: Db, now: Date): Promise<number> {
  return affected(
    db,
    `UPDATE inbound_body SET raw = NULL WHERE id IN (
       SELECT id FROM inbound_body WHERE raw IS NOT NULL AND created_at < $1::timestamptz - make_interval(days => $2)
        ORDER BY created_at LIMIT 1000)`,
    [now, RAW_MAIL_DAYS],
  );
}

/** Mail of nobody we know is shown as news for so long; then nothing is kept of it but that it was read. */
export const STRANGER_DAYS = 30;

/** Forgets who wrote it, its subject and its words, a thousand mails at a time. Says how many. Read by `inbound_strangers_idx`. */
export async function forgetStrangers(db: Db, now: Date): Promise<number> {
  const forgotten = await rows(
    db,
    `WITH forgotten AS (
       UPDATE inbound SET from_address = NULL, subject = '', detail = '{}' WHERE id IN (
         SELECT id FROM inbound
          WHERE contact_id IS NULL AND from_address IS NOT NULL AND at < $1::timestamptz - make_interval(days => $2)
          ORDER BY at LIMIT 1000) RETURNING id, owner_id),
     emptied AS (
       UPDATE inbound_body b SET text = '', raw = NULL FROM forgotten f
        WHERE b.owner_id = f.owner_id AND b.inbound_id = f.id)
     SELECT id FROM forgotten`,
    [now, STRANGER_DAYS],
  );
  return forgotten.length;
}
