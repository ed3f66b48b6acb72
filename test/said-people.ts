import type { Candidate } from '../src/core/import/records.js';
import type { Import, ImportFile } from '../src/database/entities/import.entity.js';
import { newId } from '../src/database/ids.js';
import { appendSourceRecords, createPeople, lockPeople } from '../src/database/source-records.js';
import { insert, type Ground } from './factories.js';

export type Said = Partial<Omit<Candidate, 'name'>> & { name: string; given?: string; family?: string };

/** The people of one finished import, each known by one row of its file; the matcher's turn is next. */
export async function sayPeople(
  ground: Ground,
  people: readonly Said[],
  { file = 'people.csv' }: { file?: string } = {},
): Promise<{ importId: string; ids: string[] }> {
  const { db, ownerId, clock } = ground;
  const now = clock.now();
  const { id: importId } = await insert<Import>(ground, 'import', {
    state: 'done',
    toMatch: true,
    finishedAt: now,
  });
  const { id: fileId } = await insert<ImportFile>(ground, 'import_file', {
    importId,
    name: file,
    state: 'done',
  });
  const said = people.map(({ name, given, family, emails = [], phones = [], ...rest }) => {
    const [first, ...others] = name.split(' ');
    const parts = { given: given ?? first ?? '', family: family ?? others.join(' ') };
    const candidate: Candidate = { name: { full: name, ...parts }, emails, phones, ...rest };
    return { id: newId(), contactId: newId(), candidate };
  });
  await db.transaction(async (tx) => {
    await lockPeople(tx, ownerId);
    const known = said.map(({ id, contactId, candidate }) => ({
      id: contactId,
      records: [{ id, kind: 'import' as const, at: now, candidate }],
    }));
    await createPeople(tx, ownerId, known, now);
    const records = said.map(({ id, contactId, candidate }, index) => ({
      ...{ id, contactId, candidate, importId, fileId, line: index + 2 },
      ...{ kind: 'import' as const, fingerprint: id, verdict: 'created' as const },
    }));
    await appendSourceRecords(tx, ownerId, records, now);
  });
  return { importId, ids: said.map(({ contactId }) => contactId) };
}
