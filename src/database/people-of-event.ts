import { canonicalOf, personIds } from './persons.js';
import { rows, type Db } from './rows.js';

/** What the owner may say about a person and an event: the best that the sources prove. */
export interface EffectiveEncounter {
  /** The encounter it rests on: the provenance of "we met". */
  id: string;
  kind: 'met' | 'attended';
  /** They had met before, at an event that was over when this one began. */
  again: boolean;
}

/**
 * The encounters of persons at an event, by the contact id asked for, read through merges. One open `met` makes it met;
 * lists alone make it attended; the owner's "not met" outweighs every source, whenever it came. Who has none is absent.
 */
export async function encounterOf(
  db: Db,
  ownerId: string,
  contactIds: readonly string[],
  eventId: string,
): Promise<Map<string, EffectiveEncounter>> {
  if (contactIds.length === 0) return new Map();
  const found = await rows<EffectiveEncounter & { key: string }>(db, ENCOUNTER_SQL, [
    ownerId,
    contactIds,
    eventId,
  ]);
  return new Map(found.map(({ key, ...encounter }) => [key, encounter]));
}

/** $1 owner, $2 contact ids, $3 event. All reads go by (owner, contact, event) or by `merged_into`. */
const ENCOUNTER_SQL = `
SELECT given.id AS key, best.id, best.kind,
       EXISTS (SELECT 1 FROM encounter x JOIN event v ON v.id = x.event_id
                WHERE x.owner_id = $1 AND x.contact_id = ANY (p.ids) AND x.kind = 'met' AND x.closed_at IS NULL
                  AND v.ends_on < here.starts_on
                  AND NOT EXISTS (SELECT 1 FROM debrief d WHERE d.owner_id = $1 AND d.event_id = v.id
                                     AND d.contact_id = ANY (p.ids) AND d.decision = 'not-met')) AS again
  FROM contact given
  JOIN event here ON here.owner_id = $1 AND here.id = $3
  ${personIds(canonicalOf('given'))}
  CROSS JOIN LATERAL (
    SELECT x.id, x.kind FROM encounter x
     WHERE x.owner_id = $1 AND x.event_id = $3 AND x.contact_id = ANY (p.ids) AND x.closed_at IS NULL
       AND (x.kind = 'attended'
            OR NOT EXISTS (SELECT 1 FROM debrief d WHERE d.owner_id = $1 AND d.event_id = $3
                              AND d.contact_id = ANY (p.ids) AND d.decision = 'not-met'))
     ORDER BY (x.kind = 'met') DESC, x.id LIMIT 1) best
 WHERE given.owner_id = $1 AND given.id = ANY ($2::uuid[])`;
