import { lockPersons } from '../database/append.js';
import { personsOf, type Person } from '../database/persons.js';
import { row, type Db } from '../database/rows.js';
import { AppError } from '../http/errors.js';

/** The person behind a contact id. @throws AppError not-found */
export async function personOf(db: Db, ownerId: string, contactId: string): Promise<Person> {
  const person = (await personsOf(db, ownerId, [contactId])).get(contactId);
  if (!person) throw new AppError('not-found', `there is no contact ${contactId}`);
  return person;
}

/**
 * The same, locked: what is noted about a person may hold a message back (a hardship, a promise, a mail by hand), and
 * must not slip between the last look and DATA.
 */
export async function lockPerson(db: Db, ownerId: string, contactId: string): Promise<Person> {
  await lockPersons(db, ownerId, [contactId]);
  return personOf(db, ownerId, contactId);
}

/** @throws AppError not-found, when an event is named and there is none */
export async function checkEvent(db: Db, ownerId: string, eventId: string | null): Promise<void> {
  if (eventId === null) return;
  const event = await row(db, `SELECT 1 FROM event WHERE owner_id = $1 AND id = $2`, [ownerId, eventId]);
  if (!event) throw new AppError('not-found', `eventId: there is no event ${eventId}`);
}

/** The owner's IANA zone. */
export async function ownerZone(db: Db, ownerId: string): Promise<string> {
  return (await row<{ zone: string }>(db, `SELECT zone FROM owner WHERE id = $1`, [ownerId]))?.zone ?? 'UTC';
}
