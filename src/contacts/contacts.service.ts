import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { personIds } from '../database/persons.js';
import { row, rows } from '../database/rows.js';
import { AppError } from '../http/errors.js';
import { pageOf, type Page } from '../http/page.js';
import type { ContactRow, ContactsQuery, ContactView } from './contacts.schemas.js';

/** The register of people, read through merges; who is hidden by an undo is not there. */
@Injectable()
export class ContactsService {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  async list(ownerId: string, query: ContactsQuery): Promise<Page<ContactRow>> {
    const found = await rows<ContactRow>(this.db, LIST_SQL, [
      ownerId,
      query.cursor ?? null,
      query.q?.toLowerCase() ?? null,
      query.circle ?? null,
      query.limit + 1,
    ]);
    return pageOf(found, query.limit);
  }

  /** @throws AppError not-found */
  async get(ownerId: string, id: string): Promise<ContactView> {
    const found = await row<ContactView>(this.db, GET_SQL, [ownerId, id]);
    if (!found) throw new AppError('not-found', `there is no contact ${id}`);
    return found;
  }
}

/** $1 owner, $2 cursor, $3 what to look for in lower case, $4 circle, $5 limit. */
const LIST_SQL = `
SELECT c.id, c.full_name, c.company, c.title, c.circle, c.do_not_contact_at, c.paused_until,
       (SELECT i.value FROM identity i WHERE i.owner_id = $1 AND i.contact_id = c.id AND i.kind = 'email'
         ORDER BY i.shared, i.created_at, i.id LIMIT 1) AS email
  FROM contact c
 WHERE c.owner_id = $1 AND c.merged_into IS NULL AND c.hidden_at IS NULL
   AND ($2::uuid IS NULL OR c.id > $2) AND ($4::text IS NULL OR c.circle = $4)
   AND ($3::text IS NULL OR strpos(lower(c.full_name), $3) > 0 OR strpos(lower(coalesce(c.company, '')), $3) > 0
        OR EXISTS (SELECT 1 FROM identity i JOIN contact k ON k.id = i.contact_id
                    WHERE i.owner_id = $1 AND (k.id = c.id OR k.merged_into = c.id)
                      AND (strpos(lower(i.value), $3) > 0 OR strpos(i.canonical, $3) > 0)))
 ORDER BY c.id LIMIT $5`;

/**
 * $1 owner, $2 contact. Interactions and facts: the newest 50; the routes of memory page through all. A note that came
 * in twice is shown once; the log keeps both, for either import may be undone.
 */
const GET_SQL = `
SELECT c.id, c.full_name, c.given_name, c.family_name, c.company, c.title, c.city, c.country, c.birthday, c.zone,
       c.zone_source, c.language, c.language_source, c.consent, c.origin, c.priority, c.form, c.form_source, c.circle, c.do_not_contact_at, c.paused_until,
       c.no_congratulations, c.conflicts, c.version, c.created_at,
       coalesce((SELECT jsonb_agg(to_jsonb(x) - 'key' ORDER BY x.key) FROM (
          SELECT DISTINCT ON (i.kind, i.canonical) row_number() OVER (ORDER BY i.kind, i.shared, i.created_at, i.id) AS key,
                 i.kind, i.value, i.shared,
                 ARRAY (SELECT DISTINCT s.scope FROM suppression s WHERE s.owner_id = $1 AND s.address = i.canonical
                           AND i.kind = 'email' AND s.lifted_at IS NULL ORDER BY s.scope) AS suppressed
            FROM identity i WHERE i.owner_id = $1 AND i.contact_id = ANY (p.ids)) x), '[]') AS identities,
       coalesce((SELECT jsonb_agg(jsonb_build_object('id', e.id, 'eventId', v.id, 'event', v.name,
                                  'startsOn', v.starts_on, 'kind', e.kind, 'sourceKind', e.source_kind)
                                  ORDER BY v.starts_on DESC, e.id)
                   FROM encounter e JOIN event v ON v.id = e.event_id
                  WHERE e.owner_id = $1 AND e.contact_id = ANY (p.ids) AND e.closed_at IS NULL), '[]') AS encounters,
       coalesce((SELECT jsonb_agg(to_jsonb(x) ORDER BY x.at DESC, x.id DESC) FROM (
          SELECT n.id, n.kind, n.at, n.text FROM interaction n
           WHERE n.owner_id = $1 AND n.contact_id = ANY (p.ids)
             AND NOT EXISTS (SELECT 1 FROM interaction o WHERE o.owner_id = $1 AND o.contact_id = ANY (p.ids)
                                AND n.source_kind = 'import' AND o.source_kind = 'import' AND o.kind = n.kind
                                AND o.text = n.text AND o.id < n.id)
           ORDER BY n.at DESC, n.id DESC LIMIT 50) x), '[]') AS interactions,
       coalesce((SELECT jsonb_agg(to_jsonb(x) ORDER BY x.id DESC) FROM (
          SELECT f.id, f.kind, f.text, f.quotable FROM fact f
           WHERE f.owner_id = $1 AND f.contact_id = ANY (p.ids) AND f.closed_at IS NULL
           ORDER BY f.id DESC LIMIT 50) x), '[]') AS facts,
       coalesce((SELECT jsonb_agg(jsonb_build_object('id', r.id, 'text', r.text, 'dueOn', r.due_on) ORDER BY r.due_on, r.id)
                   FROM promise r WHERE r.owner_id = $1 AND r.contact_id = ANY (p.ids)
                    AND r.kept_at IS NULL AND r.closed_at IS NULL), '[]') AS promises,
       coalesce((SELECT jsonb_agg(jsonb_build_object('id', h.id, 'companyBefore', h.company_before,
                                  'titleBefore', h.title_before, 'company', h.company, 'title', h.title,
                                  'seenOn', h.seen_on, 'state', h.state) ORDER BY h.id DESC)
                   FROM position_change h WHERE h.owner_id = $1 AND h.contact_id = ANY (p.ids)), '[]') AS positions,
       coalesce((SELECT jsonb_agg(jsonb_build_object('id', k.id, 'fullName', k.full_name, 'by', g.by,
                                  'at', g.created_at) ORDER BY g.id)
                   FROM contact_merge g JOIN contact k ON k.id = g.from_id
                  WHERE g.owner_id = $1 AND g.from_id = ANY (p.ids)), '[]') AS merged,
       coalesce((SELECT jsonb_agg(to_jsonb(x) ORDER BY x.id DESC) FROM (
          SELECT s.id, s.kind, s.import_id AS "importId", f.name AS file, s.line, s.verdict, s.created_at AS at
            FROM source_record s LEFT JOIN import_file f ON f.id = s.file_id
           WHERE s.owner_id = $1 AND s.contact_id = ANY (p.ids)
           ORDER BY s.id DESC LIMIT 50) x), '[]') AS sources
  FROM contact given
  JOIN contact c ON c.id = coalesce(given.merged_into, given.id) AND c.hidden_at IS NULL
  ${personIds('c.id')}
 WHERE given.owner_id = $1 AND given.id = $2`;
