import { newId } from './ids.js';
import { row, rows, type Db } from './rows.js';

/** What an import needs to know of its event. */
export interface EventDays {
  id: string;
  name: string;
  startsOn: string;
  /** Its last day. */
  endsOn: string;
  zone: string;
}

export type FoundEvent =
  | { kind: 'event'; event: EventDays; made: boolean }
  | { kind: 'unknown' }
  /** The starts of all events of that name. */
  | { kind: 'several'; starts: string[] };

const COLUMNS = `id, name, starts_on::text, ends_on::text, zone`;

export function eventById(db: Db, ownerId: string, id: string): Promise<EventDays | null> {
  return row<EventDays>(db, `SELECT ${COLUMNS} FROM event WHERE owner_id = $1 AND id = $2`, [ownerId, id]);
}

/**
 * The event of that name whose days overlap those given, made in the owner's zone where there is none; without days, the
 * only one of that name. Events are the register of events: this is the one place where another room may make one.
 */
export async function findOrMakeEvent(
  db: Db,
  ownerId: string,
  wanted: { name: string; days: { startsOn: string; endsOn: string } | null },
  now: Date,
): Promise<FoundEvent> {
  const { name, days } = wanted;
  const find = (): Promise<EventDays[]> =>
    rows<EventDays>(
      db,
      `SELECT ${COLUMNS} FROM event
        WHERE owner_id = $1 AND lower(name) = lower($2)
          AND ($3::date IS NULL OR (starts_on <= $4::date AND ends_on >= $3::date))
        ORDER BY starts_on`,
      [ownerId, name, days?.startsOn ?? null, days?.endsOn ?? null],
    );
  const found = await find();
  const [only, ...others] = found;
  if (only && others.length === 0) return { kind: 'event', event: only, made: false };
  if (only) return { kind: 'several', starts: found.map(({ startsOn }) => startsOn) };
  if (!days) return { kind: 'unknown' };
  const made = await row<EventDays>(
    db,
    `INSERT INTO event (id, owner_id, created_at, name, starts_on, ends_on, zone)
     SELECT $1, o.id, $3, $4, $5::date, $6::date, o.zone FROM owner o WHERE o.id = $2
     ON CONFLICT DO NOTHING RETURNING ${COLUMNS}`,
    [newId(), ownerId, now, name, days.startsOn, days.endsOn],
  );
  if (made) return { kind: 'event', event: made, made: true };
  // Somebody made it in the same instant.
  const [there] = await find();
  return there ? { kind: 'event', event: there, made: false } : { kind: 'unknown' };
}
