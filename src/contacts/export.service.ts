import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { ExportedContact, ExportedEncounter, ExportFormat } from '../core/export/exported.js';
import { writerOf } from '../core/export/writer.js';
import { foldContact, type FoldRecord } from '../core/import/fold.js';
import type { AddressForm, PersonName, Priority } from '../core/import/records.js';
import { row, rows } from '../database/rows.js';
import { AppError } from '../http/errors.js';
import {
  CONTACTS_SQL,
  ENCOUNTERS_SQL,
  EVENT_SQL,
  IDENTITIES_SQL,
  RECORDS_SQL,
  WIDEST_SQL,
} from './export.queries.js';

/** Contacts read at once: what memory holds, whatever the number of contacts. */
const PAGE = 500;
/** A reader who falls asleep over the download must not hold the snapshot for ever. */
const PATIENCE = '5min';

export interface ExportWish {
  format: ExportFormat;
  /** Only the people of this event, by its name. */
  event?: string;
}

interface ContactRow {
  id: string;
  fullName: string;
  givenName: string | null;
  familyName: string | null;
  company: string | null;
  title: string | null;
  city: string | null;
  country: string | null;
  birthday: string | null;
  zone: string | null;
  language: string | null;
  form: AddressForm | null;
  consent: boolean | null;
  origin: string | null;
  priority: Priority | null;
  circle: string;
  doNotContactAt: Date | null;
  pausedUntil: Date | null;
  noCongratulations: boolean;
  stopped: boolean;
}

type Identity = { person: string; kind: 'email' | 'linkedin' | 'phone'; value: string };
type Encounter = { person: string; at: Date | null } & Omit<ExportedEncounter, 'at'>;
type Said = FoldRecord & { person: string };

/** Takes the people out again, in a file of one's own: nobody is locked in. */
@Injectable()
export class ExportService {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  /**
   * The file, piece by piece, all of it from one snapshot. Everything that can be refused is refused before the first
   * piece.
   * @throws AppError not-found, when there is no such event
   */
  async *export(ownerId: string, { format, event }: ExportWish): AsyncGenerator<string, number, undefined> {
    const runner = this.db.createQueryRunner();
    try {
      await runner.connect();
      await runner.startTransaction('REPEATABLE READ');
      await runner.query(`SET TRANSACTION READ ONLY`);
      await runner.query(`SET LOCAL idle_in_transaction_session_timeout = '${PATIENCE}'`);
      const db = runner.manager;
      if (event !== undefined && !(await row(db, EVENT_SQL, [ownerId, event]))) {
        throw new AppError('not-found', `there is no event "${event}"`);
      }
      const widest = await row<{ emails: number; phones: number }>(db, WIDEST_SQL, [ownerId, event ?? null]);
      const writer = writerOf(format);
      yield writer.head(widest ?? { emails: 1, phones: 1 });
      let count = 0;
      let after: string | null = null;
      for (;;) {
        const page: ExportedContact[] = await pageOf(db, ownerId, event ?? null, after);
        yield page.map((contact, index) => writer.contact(contact, count + index)).join('');
        count += page.length;
        after = page[page.length - 1]?.id ?? null;
        if (page.length < PAGE) break;
      }
      yield writer.end();
      return count;
    } finally {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      await runner.release();
    }
  }
}

async function pageOf(
  db: EntityManager,
  ownerId: string,
  event: string | null,
  after: string | null,
): Promise<ExportedContact[]> {
  const contacts = await rows<ContactRow>(db, CONTACTS_SQL, [ownerId, event, after, PAGE]);
  const persons = [ownerId, contacts.map(({ id }) => id)];
  const identities = byPerson(await rows<Identity>(db, IDENTITIES_SQL, persons));
  const encounters = byPerson(await rows<Encounter>(db, ENCOUNTERS_SQL, persons));
  const records = byPerson(await rows<Said>(db, RECORDS_SQL, persons));
  return contacts.map((contact) => {
    const held = identities.get(contact.id) ?? [];
    const valuesOf = (kind: Identity['kind']): string[] =>
      held.filter((one) => one.kind === kind).map(({ value }) => value);
    const said = records.get(contact.id);
    const fields = said && foldContact(said).fields;
    return {
      id: contact.id,
      name: fields?.name ?? nameOf(contact),
      emails: valuesOf('email'),
      phones: valuesOf('phone'),
      linkedin: valuesOf('linkedin'),
      ...present(contact),
      ...(fields?.notes !== undefined && { notes: fields.notes }),
      encounters: (encounters.get(contact.id) ?? []).map(
        ({ event: name, startsOn, endsOn, zone, kind, at }) => ({
          event: name,
          startsOn,
          endsOn,
          zone,
          kind,
          ...(at && { at: at.toISOString() }),
        }),
      ),
    };
  });
}

function byPerson<T extends { person: string }>(all: readonly T[]): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const one of all) {
    const list = found.get(one.person);
    if (list) list.push(one);
    else found.set(one.person, [one]);
  }
  return found;
}

/** Somebody of whom only an address is known is shown by it; that is no name. */
function nameOf({ fullName, givenName, familyName }: ContactRow): PersonName {
  if (fullName.includes('@')) return { full: '' };
  return {
    full: fullName,
    ...(givenName && { given: givenName }),
    ...(familyName && { family: familyName }),
  };
}

/** What is said, without what is not. A stop travels as a "no": wherever the file is read, nobody is written to who must not be. */
function present(contact: ContactRow): Pick<ExportedContact, 'circle'> & Partial<ExportedContact> {
  const texts = ['company', 'title', 'city', 'country', 'birthday', 'zone', 'language', 'form', 'origin', 'priority'] as const; // prettier-ignore
  const said = texts.flatMap((field) => (contact[field] === null ? [] : [[field, contact[field]] as const]));
  const { doNotContactAt, pausedUntil, noCongratulations, stopped } = contact;
  const consent = stopped ? false : contact.consent;
  return {
    ...(Object.fromEntries(said) as Partial<ExportedContact>),
    ...(consent !== null && { consent }),
    circle: contact.circle,
    ...(doNotContactAt && { doNotContactAt: doNotContactAt.toISOString() }),
    ...(pausedUntil && { pausedUntil: pausedUntil.toISOString() }),
    ...(noCongratulations && { noCongratulations }),
  };
}
