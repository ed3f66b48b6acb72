import { affected, type Db } from './rows.js';

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
