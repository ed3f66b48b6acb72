import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { mergePeople } from '../database/merge-people.js';
import { personsOf, type Person } from '../database/persons.js';
import { row, type Db } from '../database/rows.js';
import { lockPeople, refold } from '../database/source-records.js';
import { splitPeople } from '../database/split-people.js';
import { AppError } from '../http/errors.js';
import type { PersonView } from './proposals.schemas.js';

/** The owner's word on who is one person. */
@Injectable()
export class PeopleService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** The longer known one stays; who is one person already stays so. @throws AppError not-found */
  async merge(ownerId: string, id: string, withId: string): Promise<PersonView> {
    const now = this.clock.now();
    await this.db.transaction(async (tx) => {
      await this.unite(tx, ownerId, id, withId, now);
      await answerYes(tx, ownerId, [id, withId], now);
    });
    return this.view(ownerId, id);
  }

  /**
   * A contact leaves the person, with everybody merged into it before. Remembered: no comparison merges them again.
   * @throws AppError not-found (person), unprocessable (it is not theirs, or is the one that the others were merged into)
   */
  async split(ownerId: string, id: string, contactId: string): Promise<PersonView> {
    await this.db.transaction(async (tx) => {
      await lockPeople(tx, ownerId);
      const person = await personOf(tx, ownerId, id);
      const refuse = (message: string): AppError =>
        new AppError('unprocessable', message, [{ in: 'body', field: 'contactId', message }]);
      if (!person.ids.includes(contactId)) throw refuse(`${contactId} is no contact of this person`);
      if (contactId === person.id) {
        throw refuse('the others were merged into this contact; name the one of them who is somebody else');
      }
      await splitPeople(tx, ownerId, [contactId], this.clock.now());
    });
    return this.view(ownerId, id);
  }

  /** Makes two contacts one person by the owner's word. Call it inside a transaction. @throws AppError not-found */
  async unite(tx: Db, ownerId: string, aId: string, bId: string, now: Date): Promise<void> {
    await lockPeople(tx, ownerId);
    const [a, b] = [await personOf(tx, ownerId, aId), await personOf(tx, ownerId, bId)];
    if (a.id === b.id) return;
    const [into, from] = a.id < b.id ? [a.id, b.id] : [b.id, a.id];
    const grown = await mergePeople(tx, ownerId, [{ from, into }], { by: 'owner', importId: null }, now);
    await refold(tx, ownerId, grown, now);
  }

  /**
   * Takes back the owner's yes to two contacts: the newest merge by their word on the way from one to the other. Nothing
   * happens where no word of theirs joins them. Call it inside a transaction.
   */
  async separate(tx: Db, ownerId: string, aId: string, bId: string, now: Date): Promise<void> {
    await lockPeople(tx, ownerId);
    const edge = await row<{ fromId: string }>(tx, WAY_SQL, [ownerId, aId, bId]);
    if (!edge) return;
    const { edges } = await splitPeople(tx, ownerId, [edge.fromId], now);
    // The split is remembered as a no of its own; here the question itself says what holds.
    await tx.query(
      `DELETE FROM proposal
        WHERE owner_id = $1 AND state = 'no' AND created_at = $2 AND evidence = '[]'
          AND (a_id = ANY ($3::uuid[]) OR b_id = ANY ($3::uuid[]))
          AND (a_id, b_id) <> (least($4::uuid, $5::uuid), greatest($4::uuid, $5::uuid))`,
      [ownerId, now, edges.map(({ fromId }) => fromId), aId, bId],
    );
  }

  private async view(ownerId: string, id: string): Promise<PersonView> {
    const person = await personOf(this.db, ownerId, id);
    const contact = await row<{ version: number }>(
      this.db,
      `SELECT version FROM contact WHERE owner_id = $1 AND id = $2`,
      [ownerId, person.id],
    );
    return { id: person.id, contactIds: [...person.ids].sort(), version: contact?.version ?? 1 };
  }
}

async function personOf(db: Db, ownerId: string, id: string): Promise<Person> {
  const person = (await personsOf(db, ownerId, [id])).get(id);
  if (!person) throw new AppError('not-found', `there is no contact ${id}`);
  return person;
}

/** What was asked or answered about contacts of one person is answered by the owner's merging them. */
async function answerYes(tx: Db, ownerId: string, ids: readonly string[], now: Date): Promise<void> {
  await tx.query(
    `WITH their AS (
       SELECT k.id FROM contact g JOIN contact k ON k.id = coalesce(g.merged_into, g.id) OR k.merged_into = coalesce(g.merged_into, g.id)
        WHERE g.owner_id = $1 AND g.id = ANY ($2::uuid[]))
     UPDATE proposal SET state = 'yes', decided_at = $3
      WHERE owner_id = $1 AND state <> 'yes' AND a_id IN (SELECT id FROM their) AND b_id IN (SELECT id FROM their)`,
    [ownerId, ids, now],
  );
}

/** $1 owner, $2 and $3 contacts. Edges form a forest: the way between two is what their ways to the root do not share. */
const WAY_SQL = `
WITH RECURSIVE up AS (
  SELECT g.side, m.id, m.from_id, m.into_id, m.by
    FROM (VALUES (1, $2::uuid), (2, $3::uuid)) AS g(side, contact)
    JOIN contact_merge m ON m.owner_id = $1 AND m.from_id = g.contact
  UNION
  SELECT up.side, m.id, m.from_id, m.into_id, m.by
    FROM up JOIN contact_merge m ON m.owner_id = $1 AND m.from_id = up.into_id)
SELECT from_id FROM up WHERE by = 'owner' AND id IN (SELECT id FROM up GROUP BY id HAVING count(DISTINCT side) = 1)
 ORDER BY id DESC LIMIT 1`;
