import type { Candidate } from '../core/import/records.js';
import { copyRows, type CopyValue } from '../database/copy-rows.js';
import type { EventDays } from '../database/find-event.js';
import { newId } from '../database/ids.js';
import type { Db } from '../database/rows.js';
import { encounterOf, momentOf, type RowEncounter } from './encounter.js';
import type { PlannedRecord } from './plan-batch.js';
import type { Batch } from './batch.js';

/** Characters of a note that become a fact; the whole of it is in the interaction. */
const LONGEST_FACT = 300;

export interface NewEncounter extends RowEncounter {
  contactId: string;
  sourceId: string;
  event: EventDays;
}

/**
 * The event a row belongs to: the one it names, where the owner has an event of that name; else the import's. No event is
 * made of a name in a row.
 */
function eventOf({ event: name, sign }: Candidate, { event, events }: Batch): EventDays | null {
  if (name === undefined) return event;
  const named = events.get(name.trim().toLowerCase()) ?? [];
  if (named.length === 0) return event && isOf(event, name, sign) ? event : null;
  if (named.length === 1) return named[0] ?? null;
  // Of last year's and this year's, the one whose days it was; or the one the import is of.
  const day = sign?.at?.slice(0, 10);
  const then = named.filter(({ startsOn, endsOn }) => day !== undefined && startsOn <= day && day <= endsOn);
  return (then.length === 1 ? then[0] : undefined) ?? named.find(({ id }) => id === event?.id) ?? event;
}

/** Whether a row that names an event nobody has heard of still is of the import's: by its name or its day. */
function isOf({ name, startsOn, endsOn }: EventDays, said: string, sign: Candidate['sign']): boolean {
  const day = sign?.at?.slice(0, 10);
  const key = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return key(name).includes(key(said)) || (day !== undefined && startsOn <= day && day <= endsOn);
}

export function encountersOf(batch: Batch, records: readonly PlannedRecord[]): NewEncounter[] {
  const encounters: NewEncounter[] = [];
  for (const { id, contactId, candidate } of records) {
    const event = eventOf(candidate, batch);
    const encounter = event && encounterOf(candidate, batch.format, event);
    if (!encounter) continue;
    const { kind, sourceKind, at } = encounter;
    encounters.push({ kind, sourceKind, at, contactId, sourceId: id, event });
  }
  return encounters;
}

/** What rows tell beside the person: where they were met, what was noted, the last word exchanged. */
export async function appendSayings(
  tx: Db,
  batch: Batch,
  records: readonly PlannedRecord[],
  encounters: readonly NewEncounter[],
): Promise<void> {
  const { ownerId, importId } = batch;
  const now = batch.now.toISOString();
  await copyRows(
    tx,
    'encounter',
    'id owner_id created_at contact_id event_id kind at source_kind source_id import_id'.split(' '),
    encounters.map((one) => [newId(), ownerId, now, one.contactId, one.event.id, one.kind, one.at, one.sourceKind, one.sourceId, importId]), // prettier-ignore
  );
  const interactions: CopyValue[][] = [];
  const facts: CopyValue[][] = [];
  const met = once(() => new Map(encounters.map(({ sourceId, event }) => [sourceId, event.id])));
  for (const { id, contactId, candidate, verdict } of records) {
    // Out of our own export, and known by it: what it tells came from here.
    if (candidate.contactId !== undefined && verdict === 'merged') continue;
    const { notes, whereMet, message, sign } = candidate;
    if (notes === undefined && whereMet === undefined && !message) continue;
    const zone = batch.event?.zone ?? 'UTC';
    const at = sign?.at === undefined ? batch.now : momentOf(sign.at, zone);
    const happened = (kind: string, when: Date, text: string, saidBy: string | null): number =>
      interactions.push([newId(), ownerId, now, contactId, kind, when, text, saidBy, 'import', id, importId]);
    // What somebody wrote into a file is kept to be read, never to be quoted: who wrote it for whom is not known.
    const known = (kind: string, text: string): number =>
      facts.push([
        newId(),
        ownerId,
        now,
        contactId,
        met().get(id),
        kind,
        short(text),
        false,
        'import',
        id,
        importId,
      ]);
    if (notes !== undefined) {
      happened('note', at, notes, null);
      known('noted', notes);
    }
    if (whereMet !== undefined) {
      happened('note', at, `Where we met: ${whereMet}`, null);
      known('shared', whereMet);
    }
    if (message) happened('message', momentOf(message.at, zone), message.text, message.from);
  }
  await copyRows(
    tx,
    'interaction',
    'id owner_id created_at contact_id kind at text said_by source_kind source_id import_id'.split(' '),
    interactions,
  );
  await copyRows(
    tx,
    'fact',
    'id owner_id created_at contact_id event_id kind text quotable source_kind source_id import_id'.split(
      ' ',
    ),
    facts,
  );
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const letters = Array.from(line.slice(0, 2 * LONGEST_FACT + 2));
  return letters.length <= LONGEST_FACT ? line : `${letters.slice(0, LONGEST_FACT - 1).join('')}…`;
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
