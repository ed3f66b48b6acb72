import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { CONFIG, type Config } from '../config.js';
import { canonicalEmail } from '../core/import/identity.js';
import { appendAudit, lockPersons } from '../database/append.js';
import { appendForgotten, keepForgottenKey, type ForgottenAddress } from '../database/forgotten.js';
import { contactsOf } from '../database/persons.js';
import { affected, row, rows, type Db } from '../database/rows.js';
import { lockPeople } from '../database/source-records.js';
import { AppError } from '../http/errors.js';
import { stale } from '../http/if-match.js';
import { dropFromSandbox } from '../mail/sandbox.js';
import { removeTraces, type Traces } from './forget.traces.js';

/** What is about to be, or was, erased. */
export interface Forgetting {
  id: string;
  name: string;
  /** Contacts that were this person. */
  contacts: number;
  messages: number;
  /** Mails received from them. */
  mails: number;
  /** Addresses by which they will be known as forgotten. */
  addresses: number;
  /** Of them, those another contact holds too: they stay with that contact. */
  kept: string[];
}

/** What was erased, and the copies of mail in the sandbox's folder, which no transaction can take. */
export interface Forgotten extends Forgetting {
  /** Files removed. */
  sandbox: number;
  /** Why files of the sandbox could not be looked through, where that is so; they have to be removed by hand. */
  sandboxTrouble: string | null;
}

interface Person {
  id: string;
  ids: string[];
  name: string;
  version: number;
}

interface Held {
  kind: 'email' | 'linkedin' | 'phone';
  value: string;
  canonical: string;
  /** Another person holds it too. */
  elsewhere: boolean;
}

/** Erases a person. What is left is a keyed hash of each address, so that no import brings them back. */
@Injectable()
export class ForgetService {
  private readonly sandbox: string;

  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(CONFIG) config: Config,
    private readonly clock: Clock,
  ) {
    keepForgottenKey(db, config);
    this.sandbox = join(config.dataDir, 'sandbox');
  }

  /** What `forget` would erase. @throws AppError not-found */
  async preview(ownerId: string, contactId: string): Promise<Forgetting> {
    const person = await personOf(this.db, ownerId, contactId);
    return tellOf(this.db, ownerId, person, await heldBy(this.db, ownerId, person.ids));
  }

  /**
   * @param version the one the caller has seen; null: whatever it is
   * @throws AppError not-found; stale; conflict, while a mail to them is on its way or its end unknown
   */
  async forget(ownerId: string, contactId: string, version: number | null): Promise<Forgotten> {
    const { told, emails } = await this.erase(ownerId, contactId, version);
    // After the commit: a file that is gone does not come back with a rollback.
    try {
      return { ...told, sandbox: await this.dropCopies(ownerId, new Set(emails)), sandboxTrouble: null };
    } catch (error) {
      return { ...told, sandbox: 0, sandboxTrouble: (error as Error).message };
    }
  }

  /** Mail of this owner's to these addresses; the folder is that of all owners here. */
  private async dropCopies(ownerId: string, emails: ReadonlySet<string>): Promise<number> {
    if (emails.size === 0) return 0;
    const senders = await rows<{ address: string }>(
      this.db,
      `SELECT lower(address) AS address FROM mailbox WHERE owner_id = $1 UNION SELECT lower(email) FROM owner WHERE id = $1`,
      [ownerId],
    );
    const ours = new Set(senders.map(({ address }) => address));
    return dropFromSandbox(
      this.sandbox,
      ({ from, to }) =>
        ours.has(from.toLowerCase()) &&
        to.some((one) => emails.has(canonicalEmail(one) ?? one.toLowerCase())),
    );
  }

  private erase(
    ownerId: string,
    contactId: string,
    version: number | null,
  ): Promise<{ told: Forgetting; emails: string[] }> {
    const now = this.clock.now();
    return this.db.transaction(async (tx) => {
      // No import may make them anew meanwhile, and no message may pass the mark.
      await lockPeople(tx, ownerId);
      await lockPersons(tx, ownerId, [contactId]);
      const person = await personOf(tx, ownerId, contactId);
      if (version !== null && person.version !== version) throw stale('The contact');
      const held = await heldBy(tx, ownerId, person.ids);
      await refuseUnderWay(tx, ownerId, person, held);
      const told = await tellOf(tx, ownerId, person, held);
      const own = held.filter(({ elsewhere }) => !elsewhere);
      const traces = await tracesOf(tx, ownerId, person, own);
      await appendForgotten(tx, ownerId, await rememberedOf(tx, ownerId, own), now);
      await affected(tx, `DELETE FROM suppression WHERE owner_id = $1 AND address = ANY ($2::text[])`, [
        ownerId,
        own.filter(({ kind }) => kind === 'email').map(({ canonical }) => canonical),
      ]);
      // Mail that answered theirs goes with the messages; the rest of what is theirs goes with the contact.
      await affected(
        tx,
        `DELETE FROM inbound WHERE owner_id = $1 AND message_id IN (
           SELECT id FROM message WHERE owner_id = $1 AND contact_id = ANY ($2::uuid[]))`,
        [ownerId, person.ids],
      );
      await affected(tx, `DELETE FROM contact WHERE owner_id = $1 AND id = ANY ($2::uuid[])`, [
        ownerId,
        person.ids,
      ]);
      await removeTraces(tx, ownerId, traces);
      await appendAudit(tx, {
        ownerId,
        at: now,
        who: 'owner',
        what: 'forgotten',
        subjectKind: 'contact',
        subjectId: person.id,
      });
      return { told, emails: own.filter(({ kind }) => kind === 'email').map(({ canonical }) => canonical) };
    });
  }
}

/** Hidden ones too: an undo hides whom mail was sent to, and they may ask to be erased. */
async function personOf(db: Db, ownerId: string, contactId: string): Promise<Person> {
  const found = await row<Person>(
    db,
    `SELECT c.id, c.full_name AS name, c.version,
            ARRAY (${contactsOf('c.id')}) AS ids
       FROM contact given JOIN contact c ON c.id = coalesce(given.merged_into, given.id)
      WHERE given.owner_id = $1 AND given.id = $2`,
    [ownerId, contactId],
  );
  if (!found) throw new AppError('not-found', `there is no contact ${contactId}`);
  return found;
}

/** All by which they are known, and every address that was written to in their name. */
function heldBy(db: Db, ownerId: string, ids: readonly string[]): Promise<Held[]> {
  return rows<Held>(
    db,
    `SELECT DISTINCT h.kind, h.value, h.canonical,
            EXISTS (SELECT 1 FROM identity o WHERE o.owner_id = $1 AND o.kind = h.kind AND o.canonical = h.canonical
                       AND o.contact_id <> ALL ($2::uuid[])) AS elsewhere
       FROM (SELECT kind, value, canonical FROM identity WHERE owner_id = $1 AND contact_id = ANY ($2::uuid[])
             UNION ALL
             SELECT 'email', to_address, to_canonical FROM message
              WHERE owner_id = $1 AND contact_id = ANY ($2::uuid[]) AND to_canonical IS NOT NULL) h
      ORDER BY h.kind, h.canonical`,
    [ownerId, ids],
  );
}

async function refuseUnderWay(db: Db, ownerId: string, person: Person, held: readonly Held[]): Promise<void> {
  const open = await rows<{ state: string }>(
    db,
    `SELECT state FROM message
      WHERE owner_id = $1 AND state IN ('claimed', 'sending', 'unknown')
        AND (contact_id = ANY ($2::uuid[]) OR to_canonical = ANY ($3::text[])) FOR UPDATE`,
    [ownerId, person.ids, held.filter((one) => !one.elsewhere).map(({ canonical }) => canonical)],
  );
  // A claim that comes after this look finds its row locked, then gone: the mark before DATA sends nothing without it.
  await rows(db, `SELECT id FROM message WHERE owner_id = $1 AND contact_id = ANY ($2::uuid[]) FOR UPDATE`, [
    ownerId,
    person.ids,
  ]);
  if (open.length === 0) return;
  const isUnknown = open.some(({ state }) => state === 'unknown');
  throw new AppError(
    'conflict',
    isUnknown
      ? 'Whether a mail to them went out is not known: settle it first (followthrough unknown).'
      : 'A mail to them is on its way: try again in a minute.',
  );
}

async function tellOf(db: Db, ownerId: string, person: Person, held: readonly Held[]): Promise<Forgetting> {
  const counts = await row<{ messages: number; mails: number }>(
    db,
    `SELECT (SELECT count(*)::int FROM message WHERE owner_id = $1 AND contact_id = ANY ($2::uuid[])) AS messages,
            (SELECT count(*)::int FROM inbound WHERE owner_id = $1 AND contact_id = ANY ($2::uuid[])) AS mails`,
    [ownerId, person.ids],
  );
  const distinct = (some: readonly Held[]): string[] => [...new Set(some.map(({ canonical }) => canonical))];
  return {
    id: person.id,
    name: person.name,
    contacts: person.ids.length,
    messages: counts?.messages ?? 0,
    mails: counts?.mails ?? 0,
    addresses: distinct(held.filter(({ elsewhere }) => !elsewhere)).length,
    kept: distinct(held.filter(({ elsewhere }) => elsewhere)),
  };
}

async function rememberedOf(db: Db, ownerId: string, own: readonly Held[]): Promise<ForgottenAddress[]> {
  const emails = [...new Set(own.filter(({ kind }) => kind === 'email').map(({ canonical }) => canonical))];
  const kept = await rows<{ address: string; scopes: string[]; sent: number; lastSentAt: Date | null }>(
    db,
    `SELECT a.address,
            ARRAY (SELECT DISTINCT s.scope FROM suppression s
                    WHERE s.owner_id = $1 AND s.address = a.address AND s.lifted_at IS NULL) AS scopes,
            count(m.id)::int AS sent, max(m.sent_at) AS last_sent_at
       FROM unnest($2::text[]) AS a(address)
       LEFT JOIN message m ON m.owner_id = $1 AND m.to_canonical = a.address AND m.state = 'sent' AND NOT m.sandbox
      GROUP BY a.address`,
    [ownerId, emails],
  );
  const others = own
    .filter(({ kind }) => kind !== 'email')
    .map(({ kind, canonical }) => `${kind} ${canonical}`);
  return [
    ...kept.map(({ address, ...rest }) => ({ key: `email ${address}`, ...rest })),
    ...[...new Set(others)].map((key) => ({ key, scopes: [], sent: 0, lastSentAt: null })),
  ];
}

/** Full names only: a first name alone is half the world's. */
async function tracesOf(db: Db, ownerId: string, person: Person, own: readonly Held[]): Promise<Traces> {
  const names = await rows<{ name: string | null }>(
    db,
    `SELECT full_name AS name FROM contact WHERE owner_id = $1 AND id = ANY ($2::uuid[])
     UNION SELECT candidate #>> '{name,full}' FROM source_record WHERE owner_id = $1 AND contact_id = ANY ($2::uuid[])
     UNION SELECT given_name || ' ' || family_name FROM contact WHERE owner_id = $1 AND id = ANY ($2::uuid[])`,
    [ownerId, person.ids],
  );
  const emails = own.filter(({ kind }) => kind === 'email');
  const others = own
    .filter(({ kind }) => kind !== 'email')
    .flatMap(({ value, canonical }) => [value, canonical]);
  return {
    emails: [...new Set(emails.flatMap(({ value, canonical }) => [canonical, value.toLowerCase()]))],
    others: [...new Set([...others, ...names.map(({ name }) => name ?? '').filter(isFullName)])],
    ids: person.ids,
  };
}

function isFullName(name: string): boolean {
  return name.includes(' ') && name.length > 4 && canonicalEmail(name) === null;
}
