import { personIds } from '../database/persons.js';
/** What an export reads, page by page. In every query: $1 owner; persons are read through merges. */

/** $2 event's name or null. Who is hidden by an undo does not leave. */
const VISIBLE = `
  c.owner_id = $1 AND c.merged_into IS NULL AND c.hidden_at IS NULL
  AND ($2::text IS NULL OR EXISTS (
    SELECT 1 FROM contact k JOIN encounter e ON e.owner_id = $1 AND e.contact_id = k.id AND e.closed_at IS NULL
      JOIN event v ON v.id = e.event_id
     WHERE (k.id = c.id OR k.merged_into = c.id) AND lower(v.name) = lower($2)))`;

/** The most addresses and numbers of one contact. */
export const WIDEST_SQL = `
SELECT coalesce(max(n) FILTER (WHERE kind = 'email'), 0)::int AS emails,
       coalesce(max(n) FILTER (WHERE kind = 'phone'), 0)::int AS phones
  FROM (SELECT i.kind, count(DISTINCT i.canonical) AS n
          FROM identity i JOIN contact k ON k.id = i.contact_id JOIN contact c ON c.id = coalesce(k.merged_into, k.id)
         WHERE i.owner_id = $1 AND i.kind IN ('email', 'phone') AND ${VISIBLE}
         GROUP BY c.id, i.kind) counted`;

export const EVENT_SQL = `SELECT id FROM event WHERE owner_id = $1 AND lower(name) = lower($2) LIMIT 1`;

/** $3 the last id of the page before, $4 how many. A stop is whatever no mail may pass: dead addresses are none. */
export const CONTACTS_SQL = `
SELECT c.id, c.full_name, c.given_name, c.family_name, c.company, c.title, c.city, c.country, c.birthday,
       CASE WHEN c.zone_source = 'contact' THEN c.zone END AS zone, c.language, c.form, c.consent, c.origin, c.priority,
       c.circle, c.do_not_contact_at, c.paused_until, c.no_congratulations, p.ids,
       c.do_not_contact_at IS NOT NULL OR EXISTS (
         SELECT 1 FROM identity i JOIN suppression s ON s.owner_id = $1 AND s.address = i.canonical
          WHERE i.owner_id = $1 AND i.contact_id = ANY (p.ids) AND i.kind = 'email'
            AND s.lifted_at IS NULL AND s.scope IN ('everything', 'automatic')
            AND NOT EXISTS (SELECT 1 FROM inbound b
                             WHERE b.owner_id = $1 AND b.id = s.source_id AND b.kind = 'bounce')) AS stopped
  FROM contact c
  ${personIds('c.id')}
 WHERE ${VISIBLE} AND ($3::uuid IS NULL OR c.id > $3)
 ORDER BY c.id LIMIT $4`;

/** $2 ids of canonical contacts. Their own addresses before those they share, then the oldest. */
export const IDENTITIES_SQL = `
SELECT person, kind, value FROM (
  SELECT DISTINCT ON (c.id, i.kind, i.canonical) c.id AS person, i.kind, i.value, i.shared, i.created_at, i.id
    FROM contact c JOIN contact k ON k.id = c.id OR k.merged_into = c.id
    JOIN identity i ON i.owner_id = $1 AND i.contact_id = k.id
   WHERE c.owner_id = $1 AND c.id = ANY ($2::uuid[])
   ORDER BY c.id, i.kind, i.canonical, i.contact_id <> c.id, i.created_at, i.id) x
 ORDER BY person, kind, shared, created_at, id`;

/** $2 ids of canonical contacts. One line for an event: met before attended, one with its time before one without. */
export const ENCOUNTERS_SQL = `
SELECT person, event, starts_on, ends_on, zone, kind, at FROM (
  SELECT DISTINCT ON (c.id, v.id) c.id AS person, v.id, v.name AS event, v.starts_on::text AS starts_on,
         v.ends_on::text AS ends_on, v.zone, e.kind, e.at
    FROM contact c JOIN contact k ON k.id = c.id OR k.merged_into = c.id
    JOIN encounter e ON e.owner_id = $1 AND e.contact_id = k.id AND e.closed_at IS NULL
    JOIN event v ON v.id = e.event_id
   WHERE c.owner_id = $1 AND c.id = ANY ($2::uuid[])
   ORDER BY c.id, v.id, e.kind = 'met' DESC, e.at, e.id) x
 ORDER BY person, starts_on DESC, id`;

/** $2 ids of canonical contacts: the sayings they are folded from. */
export const RECORDS_SQL = `
SELECT c.id AS person, r.id, r.kind, r.created_at AS at, r.candidate
  FROM contact c JOIN contact k ON k.id = c.id OR k.merged_into = c.id
  JOIN source_record r ON r.owner_id = $1 AND r.contact_id = k.id
 WHERE c.owner_id = $1 AND c.id = ANY ($2::uuid[])`;
