import { personIds } from '../database/persons.js';

/** `p.ids`: every contact that is the person of `alias`, a canonical contact. */
export const PERSON_IDS = (alias: string): string => personIds(`${alias}.id`);

/**
 * `WITH ... person AS (...)`: the people of an event, read through merges, hidden ones left out, each with the one
 * debrief row that counts: of several (two contacts merged later) the one furthest on. $1 owner, $2 event.
 */
export const EVENT_PERSON = `
WITH named AS (
  SELECT DISTINCT coalesce(c.merged_into, c.id) AS id
    FROM (SELECT contact_id FROM encounter WHERE owner_id = $1 AND event_id = $2
          UNION
          SELECT contact_id FROM debrief WHERE owner_id = $1 AND event_id = $2) x
    JOIN contact c ON c.id = x.contact_id
), decided AS (
  SELECT DISTINCT ON (person_id) * FROM (
    SELECT coalesce(c.merged_into, c.id) AS person_id, d.id, d.decision, d.state, d.outcome
      FROM debrief d JOIN contact c ON c.id = d.contact_id
     WHERE d.owner_id = $1 AND d.event_id = $2) d
   ORDER BY person_id, array_position(ARRAY['taken', 'confirmed', 'decided'], d.state), d.id DESC
), person AS (
  SELECT c.id, c.full_name, c.company, c.title, c.zone, c.do_not_contact_at, d.id AS debrief_id, d.decision, d.state, d.outcome,
         p.ids
    FROM named n
    JOIN contact c ON c.id = n.id AND c.hidden_at IS NULL ${PERSON_IDS('c')}
    LEFT JOIN decided d ON d.person_id = c.id
)`;
