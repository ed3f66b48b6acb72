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
  | 'slowedUntil'
  | 'slowFactor'
>;

/** How many may be claimed now, and before when none after them; null: as soon as there is one. */
export interface Slots {
  count: number;
  nextAt: Date | null;
}

const HOUR = 3_600_000;

/** The slots of a mailbox whose row the caller has locked. The sandbox has no pace: what it takes goes nowhere. */
export async function takeSlots(tx: Db, mailbox: Paced, now: Date, limit: number): Promise<Slots> {
  if (mailbox.kind === 'sandbox') return { count: limit, nextAt: null };
  const { zone } = (await row<{ zone: string }>(tx, `SELECT zone FROM owner WHERE id = $1`, [
    mailbox.ownerId,
  ])) ?? {
    zone: 'UTC',
  };
  const left = await row<{ today: number; thisHour: number; oldestThisHour: Date | null }>(tx, LEFT_SQL, [
    mailbox.id,
    now,
    startOfDay(localDate(now, zone), zone),
    new Date(now.getTime() - HOUR),
    mailbox.ownerId,
  ]);
  const { count, nextAt } = allowance({
    pace: mailbox,
    left: left ?? { today: 0, thisHour: 0, oldestThisHour: null },
    now,
    zone,
    nextSlotAt: mailbox.nextSlotAt,
    jitter: seededFraction(`${mailbox.address} ${now.getTime()}`),
  });
  return { count: Math.min(count, limit), nextAt: nextAt > now ? nextAt : null };
}

/** $1 mailbox, $2 now, $3 the owner's midnight, $4 an hour ago, $5 owner. What is on its way, or may have gone, counts as gone. */
const LEFT_SQL = `
SELECT count(*) FILTER (WHERE at >= $3)::int AS today, count(*) FILTER (WHERE at > $4)::int AS this_hour,
       min(at) FILTER (WHERE at > $4) AS oldest_this_hour
  FROM (SELECT sent_at AS at FROM message
         WHERE mailbox_id = $1 AND state = 'sent' AND sent_at >= least($3::timestamptz, $4::timestamptz)
        UNION ALL
        SELECT a.created_at FROM message m JOIN send_attempt a ON a.message_id = m.id
         WHERE m.owner_id = $5 AND m.state = 'unknown' AND m.mailbox_id = $1
           AND a.created_at >= least($3::timestamptz, $4::timestamptz)
        UNION ALL
        SELECT $2::timestamptz FROM message WHERE mailbox_id = $1 AND state IN ('claimed', 'sending')) gone`;
