import { rows } from '../../src/database/rows.js';
import type { TestApp } from '../app.js';

/**
 * So many people of whom each is owed a first mail now, with its words and the fact it cites: in five statements, for the
 * builders take a statement a row.
 */
export async function fillWithDue(app: TestApp, mailboxId: string, count: number): Promise<void> {
  const { db, ownerId } = app;
  const at = app.clock.now();
  await db.query(
    `INSERT INTO contact (id, owner_id, created_at, full_name, given_name, zone, zone_source)
     SELECT gen_random_uuid(), $1, $2, 'Grace Crowd' || n, 'Grace', 'Europe/Berlin', 'owner' FROM generate_series(1, $3::int) n`,
    [ownerId, at, count],
  );
  await db.query(
    `INSERT INTO identity (id, owner_id, created_at, contact_id, kind, value, canonical)
     SELECT gen_random_uuid(), owner_id, created_at, id, 'email', 'crowd-' || id || '@example.com', 'crowd-' || id || '@example.com'
       FROM contact WHERE owner_id = $1 AND full_name LIKE 'Grace Crowd%'`,
    [ownerId],
  );
  await db.query(
    `INSERT INTO message (id, owner_id, created_at, contact_id, kind, subject_key, channel, state, approved_by, mailbox_id,
                          to_address, to_canonical, due_at, next_at)
     SELECT gen_random_uuid(), i.owner_id, i.created_at, i.contact_id, 'first', 'crowd', 'mail', 'approved', 'owner', $2,
            i.value, i.canonical, i.created_at, i.created_at
       FROM identity i WHERE i.owner_id = $1 AND i.value LIKE 'crowd-%'`,
    [ownerId, mailboxId],
  );
  await db.query(
    `INSERT INTO message_body (id, owner_id, created_at, message_id, subject, text, paragraphs)
     SELECT gen_random_uuid(), owner_id, created_at, id, 'After DevConf', E'Hello Grace,\n\nIt was good to hear of your builds.\n\nAda', '[]'
       FROM message WHERE owner_id = $1 AND subject_key = 'crowd'`,
    [ownerId],
  );
  await db.query(
    `WITH f AS (
       INSERT INTO fact (id, owner_id, created_at, contact_id, kind, text, quotable, source_kind)
       SELECT gen_random_uuid(), owner_id, created_at, contact_id, 'said', 'your talk on replayable builds', true, 'owner'
         FROM message WHERE owner_id = $1 AND subject_key = 'crowd' RETURNING id, contact_id)
     INSERT INTO message_reason (id, owner_id, created_at, message_id, kind, ref_id, words)
     SELECT gen_random_uuid(), m.owner_id, m.created_at, m.id, 'fact', f.id, 'your talk on replayable builds'
       FROM message m JOIN f ON f.contact_id = m.contact_id WHERE m.subject_key = 'crowd'`,
    [ownerId],
  );
  await rows(db, 'ANALYZE contact, identity, message, message_body, message_reason, fact');
}
