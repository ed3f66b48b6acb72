import type { Reason } from '../core/compose.js';
import type { DecisionRows } from '../core/decide.js';
import { normaliseWords } from '../core/generic.js';
import { countsToday, review, type Draft, type Reviewed, type ReviewSubject } from '../core/review.js';
import {
  composeContexts,
  decisionSubject,
  saidAt,
  type ComposeContext,
} from '../database/compose-context.js';
import { decisionRows } from '../database/decision-rows.js';
import { encounterOf, type EffectiveEncounter } from '../database/people-of-event.js';
import { unspentReasons } from '../database/reasons.js';
import { rows, type Db } from '../database/rows.js';

export interface ComposeOwner {
  id: string;
  name: string;
  zone: string;
  draftsPerDay: number;
}

export interface Loaded {
  context: ComposeContext;
  subject: ReviewSubject;
  rows: DecisionRows;
}

/** A message and what became of it; a surprise in one is its own and never its neighbours'. */
export interface Judged {
  loaded: Loaded;
  outcome: Reviewed | { kind: 'error'; error: unknown };
}

/** A message with its draft, as it is ranked. */
export interface Ready {
  loaded: Loaded;
  context: ComposeContext;
  draft: Draft;
  kind: ComposeContext['kind'];
  score: number;
  dueAt: Date;
}

/** Loads what each message is written from: a handful of queries, however many there are. */
export async function loadBatch(
  db: Db,
  owner: ComposeOwner,
  ids: readonly string[],
  now: Date,
): Promise<Loaded[]> {
  const contexts = onePerPerson(await composeContexts(db, owner.id, ids));
  const subjects = contexts.map((context) => decisionSubject(context, 'new'));
  const decided = await decisionRows(db, owner.id, subjects, now);
  const zones = new Map(contexts.map((context) => [context.personId, context.contact.zone]));
  const reasons = await unspentReasons(db, owner.id, [...zones.keys()], {
    now,
    zoneOf: (id) => zones.get(id) ?? owner.zone,
  });
  const said = await saidAt(
    db,
    owner.id,
    [...reasons.values()].flat().map((reason) => reason.id),
  );
  const encounters = await encountersOf(db, owner.id, contexts);
  const kept = await keptWords(
    db,
    owner.id,
    contexts.filter((context) => context.edited).map(({ id }) => id),
  );
  return contexts.flatMap((context) => {
    const found = decided.get(context.id);
    if (!found) return [];
    const subject: ReviewSubject = {
      kind: context.kind,
      channel: context.channel,
      occursOn: context.occursOn,
      askAfterDays: context.askAfterDays,
      released: context.releasedCode?.split(',') ?? [],
      template: context.template,
      owner: { id: owner.id, name: owner.name },
      contact: { id: context.personId, ...context.contact },
      event: context.event,
      encounter: encounters.get(context.id) ?? null,
      reasons: (reasons.get(context.personId) ?? []).map((reason) => ({
        ...reason,
        saidAt: said.get(reason.id) ?? null,
      })),
      threadSubject: context.threadSubject,
      kept: kept.get(context.id) ?? null,
    };
    return [{ context, subject, rows: found }];
  });
}

export function judge(loaded: Loaded, now: Date): Judged {
  try {
    return { loaded, outcome: review(loaded.subject, loaded.rows, now) };
  } catch (error) {
    return { loaded, outcome: { kind: 'error', error } };
  }
}

/** Looks for something of their own to say, leaving out what everybody is told. A promise owed is said all the same. */
export function judgeWithout(loaded: Loaded, shared: ReadonlySet<string>, now: Date): Judged {
  const reasons = loaded.subject.reasons.filter(
    ({ support, words }) => support === 'promise' || !shared.has(normaliseWords(words)),
  );
  return judge({ ...loaded, subject: { ...loaded.subject, reasons } }, now);
}

/** Two words to one person are written one after the other, so that the second knows what the first has said. */
function onePerPerson(contexts: readonly ComposeContext[]): ComposeContext[] {
  const seen = new Set<string>();
  return contexts.filter((context) => {
    if (!countsToday(context.kind)) return true;
    if (seen.has(context.personId)) return false;
    seen.add(context.personId);
    return true;
  });
}

/** By message: one query for each event. */
async function encountersOf(
  db: Db,
  ownerId: string,
  contexts: readonly ComposeContext[],
): Promise<Map<string, EffectiveEncounter>> {
  const found = new Map<string, EffectiveEncounter>();
  const events = new Set(contexts.flatMap(({ event }) => event?.id ?? []));
  for (const eventId of events) {
    const here = contexts.filter(({ event }) => event?.id === eventId);
    const persons = here.map(({ personId }) => personId);
    const encounters = await encounterOf(db, ownerId, persons, eventId);
    for (const { id, personId } of here) {
      const encounter = encounters.get(personId);
      if (encounter) found.set(id, encounter);
    }
  }
  return found;
}

interface Kept {
  messageId: string;
  subject: string;
  text: string;
  paragraphs: Draft['paragraphs'];
  validUntil: Date | null;
  reasons: Pick<Reason, 'kind' | 'id' | 'words' | 'occurrence'>[];
}

/** The words of edited messages, with the reasons they cited last. */
async function keptWords(db: Db, ownerId: string, ids: readonly string[]): Promise<Map<string, Draft>> {
  if (ids.length === 0) return new Map();
  const found = await rows<Kept>(
    db,
    `SELECT w.message_id, w.subject, w.text, w.paragraphs, m.valid_until,
            coalesce((SELECT jsonb_agg(jsonb_build_object(
                'kind', r.kind, 'id', r.ref_id, 'words', r.words, 'occurrence', r.occurrence) ORDER BY r.id)
              FROM message_reason r WHERE r.message_id = m.id AND r.created_at = (
                SELECT max(n.created_at) FROM message_reason n WHERE n.message_id = m.id)
               AND NOT EXISTS (
                SELECT 1 FROM message_reason o WHERE o.owner_id = r.owner_id AND o.kind = r.kind AND o.ref_id = r.ref_id
                   AND o.occurrence = r.occurrence AND o.released_at IS NULL AND o.message_id <> m.id)), '[]') AS reasons
       FROM message_body w JOIN message m ON m.id = w.message_id
      WHERE w.owner_id = $1 AND w.edited AND w.message_id = ANY ($2::uuid[])`,
    [ownerId, ids],
  );
  return new Map(
    found.map(({ messageId, reasons, ...words }) => [
      messageId,
      { ...words, reasons: reasons.map((reason) => ({ ...reason, support: 'said' })), score: Infinity },
    ]),
  );
}
