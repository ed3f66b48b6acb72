import { lockPersons } from '../database/append.js';
import type { InboundKind } from '../database/entities/inbound.entity.js';
import { rows, type Db } from '../database/rows.js';
import { BATCH, byOwner, personOf, type Round } from './moves.js';

interface Heard {
  id: string;
  ownerId: string;
  contactId: string | null;
  kind: InboundKind;
  severity: 'hard' | 'soft' | null;
}

/** Read by `inbound_turn_idx`. */
export const HEARD_SQL = `
SELECT id, owner_id, contact_id, kind, severity FROM inbound
 WHERE turn = 'planner' ORDER BY at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`;

const STOPS: Partial<Record<InboundKind, string>> = {
  reply: 'they answered',
  'opt-out': 'they asked to stop',
  complaint: 'they complained',
  bounce: 'their address bounced',
};

/**
 * The planner's turn with what came in: an answer, an opt-out, a hard bounce or a complaint stops every enrollment of the
 * person; an absence moves the next look to the day of return. Then it is composing's turn.
 */
export async function heedInbound(tx: Db, now: Date): Promise<Round> {
  const heard = await rows<Heard>(tx, HEARD_SQL);
  for (const [ownerId, group] of byOwner(heard)) {
    const contactIds = group.map((one) => one.contactId).filter((id) => id !== null);
    await lockPersons(tx, ownerId, contactIds);
    for (const one of group) {
      if (one.contactId === null) continue;
      const why = STOPS[one.kind];
      if (one.kind === 'auto-reply') await tx.query(AWAY_SQL, [ownerId, one.contactId, one.id, now]);
      else if (why && !(one.kind === 'bounce' && one.severity !== 'hard')) {
        await tx.query(STOP_SQL, [ownerId, one.contactId, why]);
      }
    }
  }
  await tx.query(`UPDATE inbound SET turn = 'composing' WHERE id = ANY ($1::uuid[]) AND turn = 'planner'`, [
    heard.map((one) => one.id),
  ]);
  return { found: heard.length, done: heard.length, planned: 0 };
}

const STOP_SQL = `
UPDATE enrollment SET state = 'stopped', why = $3, next_at = NULL, version = version + 1
 WHERE owner_id = $1 AND contact_id IN (${personOf('$2')}) AND state IN ('active', 'paused')`;

/** Until the day of return where they live; without one two weeks, and never more than three months. */
const AWAY_SQL = `
UPDATE enrollment e
   SET next_at = greatest(e.next_at, least(a.until, $4::timestamptz + interval '90 days')),
       why = 'they are away', version = e.version + 1
  FROM (SELECT coalesce(i.return_on::timestamp AT TIME ZONE c.zone, i.at + interval '14 days') AS until
          FROM inbound i JOIN contact given ON given.id = i.contact_id
          JOIN contact c ON c.id = coalesce(given.merged_into, given.id)
         WHERE i.id = $3) a
 WHERE e.owner_id = $1 AND e.contact_id IN (${personOf('$2')}) AND e.state = 'active' AND e.next_at IS NOT NULL
   AND a.until > $4::timestamptz`;
