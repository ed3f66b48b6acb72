import type { TemplateParagraph } from '../core/compose.js';
import type { SendWindow } from '../core/schedule.js';
import { LISTENS, type DecisionSubject } from './decision-rows.js';
import type { MessageKind } from './entities/message.entity.js';
import { rows, type Db } from './rows.js';

/** A message with everything its words are written from, save reasons and encounter. */
export interface ComposeContext {
  id: string;
  /** The contact it was planned for, and the person they are now, read through merges. */
  contactId: string;
  personId: string;
  kind: MessageKind;
  channel: 'mail' | 'task';
  enrollmentId: string | null;
  sequenceId: string | null;
  approval: 'each' | 'after-ten' | null;
  window: SendWindow | null;
  stepId: string | null;
  /** Days after the event's end beyond which the owner is asked first. */
  askAfterDays: number | null;
  mailboxId: string | null;
  mailboxListens: boolean;
  toCanonical: string | null;
  dueAt: Date;
  occursOn: string | null;
  validUntil: Date | null;
  releasedCode: string | null;
  template: {
    id: string;
    name: string;
    language: string;
    subject: string;
    paragraphs: TemplateParagraph[];
  } | null;
  contact: { given: string | null; full: string; company: string | null; zone: string };
  event: { id: string; name: string; endsOn: string } | null;
  /** The subject of the mail before in the same thread: only a thread we really started gets `Re:`. */
  threadSubject: string | null;
  /** The owner changed the words: they are never written over. */
  edited: boolean;
}

/** Loads the contexts of messages of one owner, in the order of `due_at`. The birthday template is found by its name. */
export function composeContexts(db: Db, ownerId: string, ids: readonly string[]): Promise<ComposeContext[]> {
  return rows<ComposeContext>(
    db,
    `SELECT m.id, m.contact_id, c.id AS person_id, m.kind, m.channel, m.enrollment_id, e.sequence_id, q.approval,
            q."window", m.step_id, s.ask_after_days, m.mailbox_id, ${LISTENS('b')} AS mailbox_listens,
            m.to_canonical, m.due_at, m.occurs_on, m.valid_until, m.released_code, coalesce(w.edited, false) AS edited,
            CASE WHEN t.id IS NOT NULL THEN jsonb_build_object(
              'id', t.id, 'name', t.name, 'language', t.language, 'subject', t.subject, 'paragraphs', t.paragraphs) END AS template,
            jsonb_build_object(
              'given', c.given_name, 'full', c.full_name, 'company', c.company, 'zone', c.zone) AS contact,
            CASE WHEN v.id IS NOT NULL THEN jsonb_build_object(
              'id', v.id, 'name', v.name, 'endsOn', v.ends_on) END AS event,
            before.subject AS thread_subject
       FROM message m
       JOIN contact given ON given.id = m.contact_id
       JOIN contact c ON c.id = coalesce(given.merged_into, given.id)
       LEFT JOIN enrollment e ON e.id = m.enrollment_id
       LEFT JOIN sequence q ON q.id = e.sequence_id
       LEFT JOIN step s ON s.id = m.step_id
       LEFT JOIN mailbox b ON b.id = m.mailbox_id
       LEFT JOIN event v ON v.id = m.event_id
       LEFT JOIN template t ON t.owner_id = m.owner_id
             AND (t.id = s.template_id OR (m.kind = 'birthday' AND m.step_id IS NULL AND t.name = 'birthday'))
       LEFT JOIN message_body w ON w.owner_id = m.owner_id AND w.message_id = m.id
       LEFT JOIN LATERAL (
         SELECT y.subject FROM message x JOIN message_body y ON y.owner_id = x.owner_id AND y.message_id = x.id
          WHERE x.owner_id = m.owner_id AND x.enrollment_id = m.enrollment_id AND x.mailbox_id = m.mailbox_id
            AND x.id <> m.id AND x.step_id IS DISTINCT FROM m.step_id AND x.state = 'sent' AND x.channel = 'mail' AND x.message_id_header IS NOT NULL
          ORDER BY x.sent_at DESC LIMIT 1) before ON true
      WHERE m.owner_id = $1 AND m.id = ANY ($2::uuid[])
      ORDER BY m.due_at, m.id`,
    [ownerId, ids],
  );
}

/** The same message as `decisionRows` wants it. What is being written anew has no old words that could be stale. */
export function decisionSubject(context: ComposeContext, words: 'new' | 'kept'): DecisionSubject {
  return {
    key: context.id,
    contactId: context.contactId,
    messageId: context.id,
    enrollmentId: context.enrollmentId,
    mailboxId: context.mailboxId,
    toCanonical: context.toCanonical,
    purpose: context.kind,
    channel: context.channel,
    dueAt: context.dueAt,
    validUntil: words === 'kept' ? context.validUntil : null,
    occursOn: context.occursOn,
    approvedBy: null,
  };
}

/** When the words of facts and promises were written down (a kept promise: when it was kept), by their id. */
export async function saidAt(db: Db, ownerId: string, ids: readonly string[]): Promise<Map<string, Date>> {
  if (ids.length === 0) return new Map();
  const found = await rows<{ id: string; at: Date }>(
    db,
    `SELECT id, created_at AS at FROM fact WHERE owner_id = $1 AND id = ANY ($2::uuid[])
      UNION ALL
     SELECT id, coalesce(kept_at, created_at) FROM promise WHERE owner_id = $1 AND id = ANY ($2::uuid[])`,
    [ownerId, ids],
  );
  return new Map(found.map(({ id, at }) => [id, at]));
}
