import { regionOfZone } from '../core/import/regions.js';
import type { EventDays } from '../database/find-event.js';
import { row, type Db } from '../database/rows.js';

/**
 * The country, in two letters, as of which phone numbers that name none are read: the event's, or that of its zone;
 * undefined where neither tells.
 */
export async function regionOfEvent(db: Db, { id, zone }: EventDays): Promise<string | undefined> {
  const found = await row<{ country: string | null }>(db, `SELECT country FROM event WHERE id = $1`, [id]);
  return found?.country ?? regionOfZone(zone);
}
