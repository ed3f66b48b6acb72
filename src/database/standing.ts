import { rows, type Db } from './rows.js';

/** What one contact rests on, for deciding what becomes of it when a source of it goes. */
export interface Member {
  id: string;
  /** The canonical contact of the person. */
  person: string;
  /** The contact it was merged into, and by whose word. */
  parent: string | null;
  mergedBy: 'row' | 'match' | 'owner' | null;
  /** A source that stays says who it is. */
  known: boolean;
  /** A source says something of it, be it one that goes. */
  told: boolean;
  /** A source of an import undone earlier says who it is: left there only for the owner's word. */
  left: boolean;
  /** What the owner changed since, in words for them, or that they wrote to us. */
  word: string | null;
  /** A message to it was ever claimed or sent: it must stay, so that nothing is sent twice. */
  mailed: boolean;
}

/**
 * `known`: others than the source that goes know the person, or it was left to them before. `kept`: only the owner's word speaks for them, and they stay
 * as they are. `hidden`: only sent mail rests on them. `gone`: nothing does.
 */
export type Standing =
  { kind: 'known' } | { kind: 'kept'; why: string } | { kind: 'hidden' } | { kind: 'gone' };

export interface Standings {
  /** By canonical contact. */
  persons: Map<string, Standing>;
  /** Contacts on which nothing rests: whole persons, and contacts merged into others of which nothing is left. */
  gone: string[];
}

/** @param members of each person all contacts */
export function standingsOf(members: readonly Member[]): Standings {
  const byPerson = new Map<string, Member[]>();
  for (const member of members) {
    const group = byPerson.get(member.person);
    if (group) group.push(member);
    else byPerson.set(member.person, [member]);
  }
  const standings: Standings = { persons: new Map(), gone: [] };
  for (const [person, group] of byPerson) {
    const standing = standingOf(group);
    standings.persons.set(person, standing);
    const stays = standing.kind === 'gone' ? new Set() : staying(group, standing.kind);
    standings.gone.push(...group.filter(({ id }) => !stays.has(id)).map(({ id }) => id));
  }
  return standings;
}

function standingOf(group: readonly Member[]): Standing {
  if (group.some(({ known }) => known)) return { kind: 'known' };
  const why = wordFor(group);
  if (why !== null) return group.some(({ left }) => left) ? { kind: 'known' } : { kind: 'kept', why };
  return group.some(({ mailed }) => mailed) ? { kind: 'hidden' } : { kind: 'gone' };
}

function wordFor(group: readonly Member[]): string | null {
  const said = group.find(({ word }) => word !== null);
  if (said) return said.word;
  const merged = group.some(({ mergedBy }) => mergedBy === 'owner') && group.some(({ told }) => told);
  return merged ? 'you merged them' : null;
}

/** Who has something of their own, whom they were merged into, and the person itself. */
function staying(group: readonly Member[], kind: 'known' | 'kept' | 'hidden'): Set<string> {
  const parents = new Map(group.map(({ id, parent }) => [id, parent]));
  const stays = new Set(group.filter(({ id, person }) => id === person).map(({ id }) => id));
  for (const member of group) {
    const own = kind === 'kept' ? member.told : member.known || member.left;
    if (!own && member.word === null && !member.mailed) continue;
    let at: string | null = member.id;
    while (at !== null && !stays.has(at)) {
      stays.add(at);
      at = parents.get(at) ?? null;
    }
  }
  return stays;
}

/** The verdict of a source record that stays without its import. */
export const LEFT = 'left';

/** @param without the import whose records do not count as knowing anybody */
export function membersOf(
  db: Db,
  ownerId: string,
  contactIds: readonly string[],
  without: string | null,
): Promise<Member[]> {
  return rows<Member>(db, MEMBERS_SQL, [ownerId, contactIds, without]);
}

/** SQL: a message was ever claimed or sent, or may have been. */
export const EVER_SENT = (message: string): string =>
  `(${message}.fence > 0 OR ${message}.state IN ('claimed', 'sending', 'unknown', 'sent')
    OR EXISTS (SELECT 1 FROM send_attempt a WHERE a.message_id = ${message}.id))`;

/** $1 owner, $2 contacts, $3 import or null. */
const MEMBERS_SQL = `
WITH said AS (
  SELECT r.contact_id AS id,
         bool_or(r.import_id IS DISTINCT FROM $3::uuid AND r.verdict <> '${LEFT}'
                 AND (r.kind = 'import' OR r.candidate ? 'name')) AS known,
         bool_or(r.verdict = '${LEFT}') AS left
    FROM source_record r WHERE r.owner_id = $1 AND r.contact_id = ANY ($2::uuid[]) GROUP BY r.contact_id
), word AS (
  SELECT DISTINCT ON (id) id, word FROM (
    SELECT r.contact_id AS id, 1 AS rank, 'you edited them' AS word
      FROM source_record r WHERE r.owner_id = $1 AND r.contact_id = ANY ($2::uuid[]) AND r.kind = 'owner'
    UNION ALL
    SELECT c.id, 2, 'you set a boundary or a circle' FROM contact c
     WHERE c.owner_id = $1 AND c.id = ANY ($2::uuid[])
       AND (c.do_not_contact_at IS NOT NULL OR c.paused_until IS NOT NULL OR c.no_congratulations OR c.circle <> 'wide')
    UNION ALL
    SELECT f.contact_id, 3, 'you noted something about them' FROM fact f
     WHERE f.owner_id = $1 AND f.contact_id = ANY ($2::uuid[]) AND f.source_kind = 'owner'
    UNION ALL
    SELECT n.contact_id, 3, 'you noted something about them' FROM interaction n
     WHERE n.owner_id = $1 AND n.contact_id = ANY ($2::uuid[]) AND n.import_id IS NULL AND n.source_kind <> 'import'
    UNION ALL
    SELECT p.contact_id, 4, 'you promised them something' FROM promise p
     WHERE p.owner_id = $1 AND p.contact_id = ANY ($2::uuid[])
    UNION ALL
    SELECT e.contact_id, 5, 'you said that you met them' FROM encounter e
     WHERE e.owner_id = $1 AND e.contact_id = ANY ($2::uuid[]) AND e.source_kind = 'owner'
    UNION ALL
    SELECT i.contact_id, 6, 'they wrote to you' FROM inbound i
     WHERE i.owner_id = $1 AND i.contact_id = ANY ($2::uuid[])) w
   ORDER BY id, rank
), mailed AS (
  SELECT DISTINCT m.contact_id AS id FROM message m
   WHERE m.owner_id = $1 AND m.contact_id = ANY ($2::uuid[]) AND ${EVER_SENT('m')}
)
SELECT c.id, coalesce(c.merged_into, c.id) AS person, e.into_id AS parent, e.by AS merged_by,
       coalesce(s.known, false) AS known, s.id IS NOT NULL AS told,
       coalesce(s.left, false) AS left, w.word, m.id IS NOT NULL AS mailed
  FROM contact c
  LEFT JOIN contact_merge e ON e.owner_id = $1 AND e.from_id = c.id
  LEFT JOIN said s ON s.id = c.id
  LEFT JOIN word w ON w.id = c.id
  LEFT JOIN mailed m ON m.id = c.id
 WHERE c.owner_id = $1 AND c.id = ANY ($2::uuid[])
 ORDER BY c.id`;
