import { AWAY_LOOK_BACK_DAYS, latestAway } from '../core/away.js';
import type { DecisionRows, Purpose } from '../core/decide.js';
import { isKeptOn } from '../core/milestones.js';
import { DEFAULT_WINDOW, EVERY_DAY_WINDOW, type SendWindow } from '../core/schedule.js';
import type { SuppressionScope } from '../core/way-out-choices.js';
import { personIds } from './persons.js';
import { endsSequence, refusedFor } from './refused.js';
import { prepared } from './prepared.js';
import { rows, type Db } from './rows.js';

/** A message, or one that would be planned, whose decision is asked for. */
export interface DecisionSubject {
  /** The caller's key: a message id, or an enrollment id when there is no message yet. */
  key: string;
  contactId: string;
  messageId: string | null;
  enrollmentId: string | null;
  mailboxId: string | null;
  toCanonical: string | null;
  purpose: Purpose;
  channel: 'mail' | 'task';
  dueAt: Date;
  validUntil: Date | null;
  occursOn: string | null;
  approvedBy: 'owner' | 'sequence' | null;
}

interface Found {
  key: string;
  stoppedAt: Date | null;
  ownerAwayUntil: Date | null;
  hiddenAt: Date | null;
  doNotContactAt: Date | null;
  pausedUntil: Date | null;
  zone: string;
  noCongratulations: boolean;
  consent: boolean | null;
  hardship: boolean;
  sendWindow: SendWindow | null;
  mailboxState: 'active' | 'paused' | null;
  mailboxPausedUntil: Date | null;
  mailboxListens: boolean;
  readThroughAt: Date | null;
  enrollmentState: 'active' | 'paused' | 'done' | 'stopped' | null;
  enrollmentWhy: string | null;
  approval: 'each' | 'after-ten' | null;
  suppressed: SuppressionScope[];
  heard: { kind: 'reply' | 'opt-out' | 'bounce' | 'complaint'; at: string }[];
  absences: { subkind: string | null; returnOn: string | null; at: string }[];
  leftAddress: boolean;
  overdueAnswers: number;
  owedPromises: number;
  owedAnswers: number;
  aboutPromise: boolean;
  greetedBefore: boolean;
  writtenByHand: boolean;
  saidBefore: boolean;
  birthday: string | null;
  reasonGone: boolean;
  eventSaid: string | null;
  eventEndsOn: string | null;
  inFlight: number;
  touches: string[];
}

/**
 * The rows `decide` needs, for many subjects in one query; planner and delivery use the same. A person is everyone
 * merged into one contact; a word that reached their address through another contact counts as theirs too.
 */
export async function decisionRows(
  db: Db,
  ownerId: string,
  subjects: readonly DecisionSubject[],
  now: Date,
): Promise<Map<string, DecisionRows>> {
  if (subjects.length === 0) return new Map();
  const found = await rows<Found>(db, prepared(DECISION_SQL), [
    ownerId,
    JSON.stringify(subjects),
    now,
    subjects.length,
  ]);
  const byKey = new Map(found.map((one) => [one.key, one]));
  const decided = new Map<string, DecisionRows>();
  for (const subject of subjects) {
    const one = byKey.get(subject.key);
    if (one) decided.set(subject.key, shape(subject, one));
  }
  return decided;
}

function shape(subject: DecisionSubject, one: Found): DecisionRows {
  return {
    owner: { stoppedAt: one.stoppedAt, awayUntil: one.ownerAwayUntil },
    contact: {
      zone: one.zone,
      hiddenAt: one.hiddenAt,
      doNotContactAt: one.doNotContactAt,
      pausedUntil: one.pausedUntil,
      noCongratulations: one.noCongratulations,
      consent: one.consent,
      hardship: one.hardship,
    },
    message: {
      purpose: subject.purpose,
      channel: subject.channel,
      dueAt: subject.dueAt,
      validUntil: subject.validUntil,
      occursOn: subject.occursOn,
      approvedBy: subject.approvedBy,
      trustEnded: subject.approvedBy === 'sequence' && one.approval === 'each',
      aboutPromise: one.aboutPromise,
      greetedBefore: one.greetedBefore,
      writtenByHand: one.writtenByHand,
      saidBefore: one.saidBefore,
      offDay: subject.occursOn !== null && !isKeptOn(one.birthday, subject.occursOn),
      reasonGone: one.reasonGone,
      eventWords:
        one.eventSaid !== null && one.eventEndsOn !== null
          ? { said: one.eventSaid, endsOn: one.eventEndsOn }
          : null,
    },
    window: one.sendWindow ?? (subject.occursOn === null ? DEFAULT_WINDOW : EVERY_DAY_WINDOW),
    mailbox: one.mailboxState && {
      state: one.mailboxState,
      pausedUntil: one.mailboxPausedUntil,
      listens: one.mailboxListens,
      readThroughAt: one.readThroughAt,
    },
    suppressed: one.suppressed,
    enrollment: one.enrollmentState && { state: one.enrollmentState, why: one.enrollmentWhy },
    heard: one.heard.map(({ kind, at }) => ({ kind, at: new Date(at) })),
    awayUntil: latestAway(
      one.absences.map((absence) => ({ ...absence, at: new Date(absence.at) })),
      one.zone,
    ),
    owed: { promises: one.owedPromises, answers: one.owedAnswers, overdue: one.overdueAnswers },
    left: one.leftAddress,
    inFlight: one.inFlight,
    touches: one.touches.map((at) => new Date(at)),
  };
}

/** SQL: the mailbox has ears, be it that they are only just opening; whether it has heard lately, `decide` asks. */
export const LISTENS = (mailbox: string): string => `${mailbox}.imap_host IS NOT NULL`;

/** SQL: a message `x` is none that came back before `self` was tried anew; that one reached nobody. */
const noAttemptBefore = `NOT (x.enrollment_id IS NOT DISTINCT FROM self.enrollment_id
  AND x.step_id IS NOT DISTINCT FROM self.step_id AND x.state = 'sent' AND x.attempt < coalesce(self.attempt, 1)
  AND EXISTS (SELECT 1 FROM inbound back WHERE back.owner_id = $1 AND back.message_id = x.id AND back.kind = 'bounce'))`;

/** Who wants no congratulations only has answered, like any other; so has who accepts or declines an appointment. */
const HEARD_KIND = `CASE WHEN i.kind = 'calendar' OR (i.kind = 'opt-out' AND NOT ${refusedFor('i')}) THEN 'reply' ELSE i.kind END`;

/** What `eventWhen` says. */
const WHEN = `'today', 'yesterday', 'this week', 'last week'`;

/**
 * What a person chose on the way-out page holds for every address of theirs, also one learnt since.
 * $1 owner, $2 subjects as JSON, $3 now, $4 how many: without it the database supposes a hundred, and reads whole tables
 * for ten. Every lateral reads by an index on (owner, contact) or (owner, address); what can be asked of one message alone is a
 * lateral and no EXISTS, which the database may answer by hashing the whole table. What a person has in flight is looked for among
 * their messages: "IS TRUE" keeps it off the index of all that is in flight, which would be read whole for each of a batch.
 */
const DECISION_SQL = `
WITH subject AS (
  SELECT * FROM jsonb_to_recordset($2::jsonb) AS s(
    "key" text, "contactId" uuid, "messageId" uuid, "enrollmentId" uuid, "mailboxId" uuid, "toCanonical" text, purpose text)
   LIMIT $4
)
SELECT s."key", o.stopped_at,
       (SELECT (max(t.until_on) + 1)::timestamp AT TIME ZONE o.zone FROM time_off t
         WHERE t.owner_id = $1 AND t.from_on <= ($3::timestamptz AT TIME ZONE o.zone)::date
           AND t.until_on >= ($3::timestamptz AT TIME ZONE o.zone)::date) AS owner_away_until,
       c.zone, c.birthday, c.hidden_at,
       coalesce(c.do_not_contact_at, (
         SELECT min(h.do_not_contact_at) FROM identity i JOIN contact k ON k.id = i.contact_id
           JOIN contact h ON h.id = coalesce(k.merged_into, k.id)
          WHERE i.owner_id = $1 AND i.kind = 'email' AND i.canonical = s."toCanonical")) AS do_not_contact_at,
       c.paused_until, c.no_congratulations, c.consent,
       q."window" AS send_window, q.approval, m.state AS mailbox_state, m.paused_until AS mailbox_paused_until, m.read_through_at,
       ${LISTENS('m')} AS mailbox_listens,
       CASE WHEN self.created_at < e.started_at THEN 'stopped' ELSE e.state END AS enrollment_state,
       CASE WHEN self.created_at < e.started_at THEN 'it was written before the sequence began anew for this person'
            ELSE e.why END AS enrollment_why,
       EXISTS (SELECT 1 FROM fact f WHERE f.owner_id = $1 AND f.contact_id = ANY (p.ids)
                  AND f.kind = 'hardship' AND f.closed_at IS NULL) AS hardship,
       ARRAY (SELECT u.scope FROM suppression u
               WHERE u.owner_id = $1 AND u.address = s."toCanonical" AND u.lifted_at IS NULL
              UNION
              SELECT u.scope FROM identity i JOIN suppression u ON u.owner_id = $1 AND u.address = i.canonical
               WHERE i.owner_id = $1 AND i.contact_id = ANY (p.ids) AND i.kind = 'email' AND NOT i.shared
                 AND u.source_kind = 'way-out' AND u.lifted_at IS NULL) AS suppressed,
       coalesce((SELECT jsonb_agg(jsonb_build_object('kind', ${HEARD_KIND}, 'at', i.at) ORDER BY i.at DESC) FROM inbound i
                  WHERE i.owner_id = $1 AND i.contact_id = ANY (p.ids)
                    AND (${refusedFor('i')}
                         OR (e.id IS NOT NULL AND (i.at >= e.started_at OR i.turn = 'planner')
                             AND ${endsSequence('i')}))), '[]') AS heard,
       coalesce((SELECT jsonb_agg(jsonb_build_object(
                          'subkind', i.detail->>'subkind', 'returnOn', i.return_on, 'at', i.at)) FROM inbound i
         WHERE i.owner_id = $1 AND i.contact_id = ANY (p.ids) AND i.kind = 'auto-reply'
           AND (i.at > $3::timestamptz - interval '${AWAY_LOOK_BACK_DAYS} days'
                OR i.return_on > ($3::timestamptz - interval '${AWAY_LOOK_BACK_DAYS} days')::date)), '[]') AS absences,
       EXISTS (SELECT 1 FROM inbound i LEFT JOIN message x ON x.id = i.message_id
         WHERE i.owner_id = $1 AND i.contact_id = ANY (p.ids) AND i.kind = 'auto-reply' AND i.detail->>'subkind' = 'left'
           AND coalesce(x.to_canonical, lower(i.from_address)) = s."toCanonical"
           AND NOT EXISTS (SELECT 1 FROM inbound back WHERE back.owner_id = $1 AND back.contact_id = ANY (p.ids)
                              AND back.kind = 'reply' AND back.at > i.at)) AS left_address,
       CASE WHEN s.purpose = 'first' THEN (
          SELECT count(*)::int FROM reply_debt d WHERE d.owner_id = $1 AND d.closed_at IS NULL
             AND d.due_on < ($3::timestamptz AT TIME ZONE o.zone)::date) ELSE 0 END AS overdue_answers,
       (SELECT count(*)::int FROM promise r WHERE r.owner_id = $1 AND r.contact_id = ANY (p.ids)
           AND r.kept_at IS NULL AND r.closed_at IS NULL) AS owed_promises,
       (SELECT count(*)::int FROM reply_debt d WHERE d.owner_id = $1 AND d.contact_id = ANY (p.ids)
           AND d.closed_at IS NULL) AS owed_answers,
       coalesce(cited.promise, false) AS about_promise,
       s.purpose = 'first' AND EXISTS (
          SELECT 1 FROM unnest(p.ids) one (id) JOIN message x ON x.owner_id = $1 AND x.contact_id = one.id
           WHERE x.kind = 'first' AND x.state = 'sent' AND x.id IS DISTINCT FROM s."messageId" AND ${noAttemptBefore}) AS greeted_before,
       s.purpose = 'first' AND EXISTS (
          SELECT 1 FROM interaction n WHERE n.owner_id = $1 AND n.contact_id = ANY (p.ids) AND n.kind = 'mail-by-hand'
             AND n.at >= coalesce(self.created_at, e.started_at)) AS written_by_hand,
       self.step_id IS NOT NULL AND EXISTS (
          SELECT 1 FROM message x WHERE x.owner_id = $1 AND x.contact_id = ANY (p.ids) AND x.step_id = self.step_id
             AND x.state IN ('sending', 'unknown', 'sent') AND x.id <> self.id AND ${noAttemptBefore}) AS said_before,
       written.when_said AS event_said, v.ends_on::text AS event_ends_on,
       coalesce(written.gone, false) OR coalesce(cited.gone, false) AS reason_gone,
       (SELECT count(*)::int FROM (
          SELECT x.id FROM message x WHERE x.owner_id = $1 AND x.contact_id = ANY (p.ids)
             AND (x.state IN ('sending', 'unknown')) IS TRUE AND x.id IS DISTINCT FROM s."messageId"
          UNION
          SELECT x.id FROM message x WHERE x.owner_id = $1 AND x.to_canonical = s."toCanonical"
             AND x.state IN ('sending', 'unknown') AND x.id IS DISTINCT FROM s."messageId") flying) AS in_flight,
       coalesce((SELECT jsonb_agg(t.at) FROM (
          SELECT x.id, x.sent_at AS at FROM message x WHERE x.owner_id = $1 AND x.contact_id = ANY (p.ids)
             AND x.state = 'sent' AND x.kind <> 'birthday-reminder' AND x.sent_at > $3::timestamptz - interval '30 days'
          UNION
          SELECT x.id, x.sent_at FROM message x WHERE x.owner_id = $1 AND x.to_canonical = s."toCanonical"
             AND x.state = 'sent' AND x.sent_at > $3::timestamptz - interval '30 days'
          UNION
          SELECT n.id, n.at FROM interaction n WHERE n.owner_id = $1 AND n.contact_id = ANY (p.ids)
             AND n.kind IN ('mail-by-hand', 'call', 'meeting', 'message')
             AND n.at > $3::timestamptz - interval '30 days' AND n.at <= greatest($3::timestamptz, n.created_at)) t), '[]') AS touches
  FROM subject s
  JOIN owner o ON o.id = $1
  JOIN contact given ON given.id = s."contactId" AND given.owner_id = $1
  JOIN contact c ON c.id = coalesce(given.merged_into, given.id)
  ${personIds('c.id')}
  LEFT JOIN mailbox m ON m.id = s."mailboxId"
  LEFT JOIN enrollment e ON e.id = s."enrollmentId"
  LEFT JOIN sequence q ON q.id = e.sequence_id
  LEFT JOIN message self ON self.id = s."messageId"
  LEFT JOIN event v ON v.id = self.event_id
  LEFT JOIN LATERAL (
    SELECT bool_or(CASE t->>'kind'
             WHEN 'encounter' THEN x.closed_at IS NOT NULL OR x.kind IS DISTINCT FROM t->>'words'
             WHEN 'contact' THEN NOT t->>'words' = ANY (array_remove(ARRAY[c.given_name, c.full_name, c.company], NULL))
             WHEN 'event' THEN t->>'words' <> v.name AND t->>'words' NOT IN (${WHEN})
             ELSE false END) AS gone,
           min(t->>'words') FILTER (WHERE t->>'kind' = 'event' AND t->>'words' <> v.name
                                      AND t->>'words' IN (${WHEN})) AS when_said
      FROM message_body w
     CROSS JOIN LATERAL jsonb_array_elements(w.paragraphs) g
     CROSS JOIN LATERAL jsonb_array_elements(g->'sources') t
      LEFT JOIN encounter x ON x.id = CASE WHEN t->>'kind' = 'encounter' THEN (t->>'id')::uuid END
     WHERE w.owner_id = $1 AND w.message_id = self.id AND self.state NOT IN ('sent', 'failed', 'cancelled')
  ) written ON true
  LEFT JOIN LATERAL (
    SELECT bool_or(mr.kind IN ('promise', 'kept-promise')) AS promise,
           bool_or(f.closed_at IS NOT NULL OR (mr.kind = 'fact' AND f.id IS NULL) OR r.closed_at IS NOT NULL
                   OR (mr.kind = 'promise' AND r.kept_at IS NOT NULL)) AS gone
      FROM message_reason mr
      LEFT JOIN fact f ON mr.kind = 'fact' AND f.id = mr.ref_id
      LEFT JOIN promise r ON mr.kind IN ('promise', 'kept-promise') AND r.id = mr.ref_id
     WHERE mr.message_id = s."messageId" AND mr.released_at IS NULL
  ) cited ON true`;
