import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { matchByIdentity } from '../core/import/match.js';
import type { Candidate, PersonName } from '../core/import/records.js';
import { appendAudit, lockPersons } from '../database/append.js';
import { newId } from '../database/ids.js';
import { keysOf, knownPeople } from '../database/known-people.js';
import { lockPlanner } from '../database/line-locks.js';
import { lookAgain } from '../database/look-again.js';
import { row, type Db } from '../database/rows.js';
import {
  appendSourceRecords,
  createPeople,
  lockPeople,
  refold,
  type NewSourceRecord,
} from '../database/source-records.js';
import { AppError } from '../http/errors.js';
import { stale } from '../http/if-match.js';
import { Queue } from '../queue/queue.service.js';
import type { ContactView, CreateContact, EditContact } from './contacts.schemas.js';
import { ContactsService } from './contacts.service.js';
import { refuseForgotten, welcomeBack } from './forget.guard.js';
import { ownerSays, type CurrentName } from './owner-word.js';

/** The owner's own word about people. It becomes a source record, which outweighs every file. */
@Injectable()
export class ContactEditsService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly contacts: ContactsService,
    private readonly queue: Queue,
  ) {}

  /** @throws AppError conflict, when the person is known by that address or profile, or was forgotten */
  async create(ownerId: string, wanted: CreateContact): Promise<ContactView> {
    const now = this.clock.now();
    const id = newId();
    await this.db.transaction(async (tx) => {
      await lockPeople(tx, ownerId);
      const candidate = ownerSays(wanted, null);
      const whole: Candidate = { name: { full: '' }, emails: [], phones: [], ...candidate };
      await refuseKnown(tx, ownerId, whole, null);
      if (wanted.again) await welcomeBack(tx, ownerId, whole, now);
      else await refuseForgotten(tx, ownerId, whole);
      const record = ownersRecord(id, candidate, 'created');
      await createPeople(
        tx,
        ownerId,
        [{ id, records: [{ id: record.id, kind: 'owner', at: now, candidate }] }],
        now,
      );
      await appendSourceRecords(tx, ownerId, [record], now);
      if (wanted.circle) {
        await tx.query(`UPDATE contact SET circle = $3 WHERE owner_id = $1 AND id = $2`, [
          ownerId,
          id,
          wanted.circle,
        ]);
      }
      await appendAudit(tx, {
        ownerId,
        at: now,
        who: 'owner',
        what: 'created',
        subjectKind: 'contact',
        subjectId: id,
      });
    });
    return this.contacts.get(ownerId, id);
  }

  /**
   * Addresses, phones and profiles are added to those known; other fields replace what the files say.
   * @throws AppError not-found; stale; conflict, when an added address or profile is another person's
   */
  async edit(ownerId: string, contactId: string, version: number, edit: EditContact): Promise<ContactView> {
    const now = this.clock.now();
    const id = await this.db.transaction(async (tx) => {
      await lockPeople(tx, ownerId);
      if (edit.pausedUntil !== undefined) await lockPlanner(tx);
      // A boundary is a stop: taken after the mark before DATA, or seen by it.
      await lockPersons(tx, ownerId, [contactId]);
      const current = await currentOf(tx, ownerId, contactId);
      if (current.version !== version) throw stale('The contact');
      const candidate = ownerSays(edit, current);
      if (Object.keys(candidate).length > 0) {
        const name = candidate.name ?? nameOf(current);
        await refuseKnown(tx, ownerId, { ...candidate, name }, current.id);
        await refuseForgotten(tx, ownerId, { emails: [], phones: [], ...candidate });
        await appendSourceRecords(tx, ownerId, [ownersRecord(current.id, candidate, 'edited')], now);
        await refold(tx, ownerId, [current.id], now);
      }
      await writeBoundaries(tx, ownerId, current.id, edit, now);
      if (edit.pausedUntil !== undefined) {
        await lookAgain(tx, ownerId, { for: 'paused', contactId: current.id }, now);
      }
      await appendAudit(tx, {
        ownerId,
        at: now,
        who: 'owner',
        what: 'edited',
        subjectKind: 'contact',
        subjectId: current.id,
        detail: { fields: Object.keys(edit) },
      });
      return current.id;
    });
    await this.queue.wakeLine();
    return this.contacts.get(ownerId, id);
  }
}

function ownersRecord(
  contactId: string,
  candidate: Partial<Candidate>,
  verdict: 'created' | 'edited',
): NewSourceRecord {
  const id = newId();
  // Each word of the owner's is one by itself, even the same said again.
  const fingerprint = `owner ${id}`;
  return {
    id,
    contactId,
    kind: 'owner',
    importId: null,
    fileId: null,
    line: null,
    candidate,
    fingerprint,
    verdict,
  };
}

/** No two contacts of one person: who is known by an identity is edited, not made again. */
async function refuseKnown(
  db: Db,
  ownerId: string,
  said: Partial<Candidate> & { name: PersonName },
  self: string | null,
): Promise<void> {
  const candidate: Candidate = { ...said, emails: said.emails ?? [], phones: said.phones ?? [] };
  const known = await knownPeople(db, ownerId, keysOf(candidate));
  const others = known.filter(({ contactId }) => contactId !== self);
  const match = matchByIdentity(candidate, others);
  if (match.kind === 'create') return;
  const other = others.find(({ contactId }) => contactId === match.contactId);
  const who = other?.name.full || 'a contact without a name';
  const by = { contact: 'contact', email: 'e-mail address', linkedin: 'LinkedIn profile', phone: 'phone number' }[match.by]; // prettier-ignore
  throw new AppError('conflict', `that ${by} is known of ${who} (contact ${match.contactId})`);
}

type Current = CurrentName & { id: string; version: number };

async function currentOf(db: Db, ownerId: string, contactId: string): Promise<Current> {
  const current = await row<Current>(
    db,
    `SELECT c.id, c.full_name, c.given_name, c.family_name, c.version
       FROM contact given JOIN contact c ON c.id = coalesce(given.merged_into, given.id) AND c.hidden_at IS NULL
      WHERE given.owner_id = $1 AND given.id = $2`,
    [ownerId, contactId],
  );
  if (!current) throw new AppError('not-found', `there is no contact ${contactId}`);
  return current;
}

function nameOf({ fullName, givenName, familyName }: CurrentName): PersonName {
  if (fullName.includes('@')) return { full: '' };
  return { full: fullName, given: givenName ?? undefined, family: familyName ?? undefined };
}

/** Circle and boundaries are no sayings of sources: the owner sets them, and nothing folds them. */
async function writeBoundaries(
  db: Db,
  ownerId: string,
  id: string,
  edit: EditContact,
  now: Date,
): Promise<void> {
  const { circle, doNotContact, pausedUntil, noCongratulations } = edit;
  await db.query(
    `UPDATE contact
        SET circle = n.circle, do_not_contact_at = n.stopped, paused_until = n.paused, no_congratulations = n.quiet,
            version = version + 1
       FROM (SELECT coalesce($3::text, circle) AS circle,
                    CASE WHEN $4::boolean IS NULL THEN do_not_contact_at
                         WHEN $4 THEN coalesce(do_not_contact_at, $5::timestamptz) END AS stopped,
                    CASE WHEN $6::boolean THEN $7::timestamptz ELSE paused_until END AS paused,
                    coalesce($8::boolean, no_congratulations) AS quiet
               FROM contact WHERE owner_id = $1 AND id = $2) n
      WHERE owner_id = $1 AND id = $2
        AND (contact.circle, do_not_contact_at, paused_until, no_congratulations)
            IS DISTINCT FROM (n.circle, n.stopped, n.paused, n.quiet)`,
    [
      ownerId,
      id,
      circle ?? null,
      doNotContact ?? null,
      now,
      pausedUntil !== undefined,
      pausedUntil ?? null,
      noCongratulations ?? null,
    ],
  );
}
