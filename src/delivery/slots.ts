import { allowance } from '../core/pace.js';
import { localDate, seededFraction, startOfDay } from '../core/schedule.js';
import type { Mailbox } from '../database/entities/owner.entity.js';
import { row, type Db } from '../database/rows.js';

/** A mailbox with what sets its pace. */
export type Paced = Pick<
  Mailbox,
  | 'id'
  | 'ownerId'
  | 'kind'
  | 'address'
  | 'dailyCap'
  | 'hourlyCap'
  | 'gapSeconds'
  | 'warmUpFrom'
  | 'nextSlotAt'
  | 'slowFactor'
>;

/** How many may be claimed now, and before when none after them; null: as soon as there is one. */
export interface Slots {
  count: number;
  nextAt: Date | null;
}

const HOUR = 3_600_000;
/** A local day has so many hours at most: a stamp further ahead than that is of a clock that was wrong. */
const LONGEST_DAY = 26 * HOUR;

/** The slots of a mailbox whose row the caller has locked. The sandbox has no pace: what it takes goes nowhere. */
export async function takeSlots(tx: Db, mailbox: Paced, now: Date, limit: number): Promise<Slots> {
  if (mailbox.kind === 'sandbox') return { count: limit, nextAt: null };
  const { zone } = (await row<{ zone: string }>(tx, `SELECT zone FROM owner WHERE id = $1`, [
    mailbox.ownerId,
  ])) ?? {
    zone: 'UTC',
  };
  const today = localDate(now, zone);
  const left = await row<{ today: number; thisHour: number; oldestThisHour: Date | null }>(tx, LEFT_SQL, [
    mailbox.id,
    now,
    startOfDay(today, zone),
    new Date(now.getTime() - HOUR),
    mailbox.ownerId,
    new Date(now.getTime() + LONGEST_DAY),
  ]);
  const daysOfUse = mailbox.warmUpFrom === null ? null : await daysUsed(tx, mailbox, { today, zone });
  const { count, nextAt } = allowance({
    pace: { ...mailbox, daysOfUse },
    left: left ?? { today: 0, thisHour: 0, oldestThisHour: null },
    now,
    zone,
    nextSlotAt: mailbox.nextSlotAt,
    jitter: seededFraction(`${mailbox.address} ${now.getTime()}`),
  });
  return { count: Math.min(count, limit), nextAt: nextAt > now ? nextAt : null };
}

/** Days since its warm-up began, before today, on which something left: one look at the index for each. */
async function daysUsed(
  tx: Db,
  { id, warmUpFrom }: Paced,
  { today, zone }: { today: string; zone: string },
): Promise<number> {
  const used = await row<{ days: number }>(tx, DAYS_SQL, [id, warmUpFrom, today, zone]);
  return used?.days ?? 0;
}

/** $1 mailbox, $2 first day, $3 today, $4 zone. A year of days is enough for any ramp. */
const DAYS_SQL = `
SELECT count(*)::int AS days FROM generate_series(greatest($2::date, $3::date - 366), $3::date - 1, interval '1 day') AS d
 WHERE EXISTS (SELECT 1 FROM message WHERE mailbox_id = $1 AND state = 'sent'
                  AND sent_at >= d::timestamp AT TIME ZONE $4 AND sent_at < (d + interval '1 day')::timestamp AT TIME ZONE $4)`;

/**
 * $1 mailbox, $2 now, $3 the owner's midnight, $4 an hour ago, $5 owner, $6 the last instant that counts. What is on its
 * way, or may have gone, counts as gone; so does what left before the clock was set back, and the last mail to somebody
 * forgotten since, from whichever mailbox it left: that is kept no more.
 */
const LEFT_SQL = `
SELECT count(*) FILTER (WHERE at >= $3)::int AS today, count(*) FILTER (WHERE at > $4)::int AS this_hour,
       min(at) FILTER (WHERE at > $4) AS oldest_this_hour
  FROM (SELECT sent_at AS at FROM message
         WHERE mailbox_id = $1 AND state = 'sent' AND sent_at >= least($3::timestamptz, $4::timestamptz) AND sent_at < $6
        UNION ALL
        SELECT a.created_at FROM message m JOIN send_attempt a ON a.message_id = m.id
         WHERE m.owner_id = $5 AND m.state = 'unknown' AND m.mailbox_id = $1
           AND a.created_at >= least($3::timestamptz, $4::timestamptz) AND a.created_at < $6
        UNION ALL
        SELECT last_sent_at FROM forgotten
         WHERE owner_id = $5 AND last_sent_at >= least($3::timestamptz, $4::timestamptz) AND last_sent_at < $6
        UNION ALL
        SELECT $2::timestamptz FROM message WHERE mailbox_id = $1 AND state IN ('claimed', 'sending')) gone`;
