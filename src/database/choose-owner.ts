import { rows, type Db } from './rows.js';

/** Whom to act for. The messages are for people: the API and the command line show them as they are. */
export type ChosenOwner =
  { kind: 'owner'; ownerId: string } | { kind: 'none' | 'several' | 'unknown'; message: string };

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The named owner (id or e-mail address), or the only one there is. */
export async function chooseOwner(db: Db, wanted: string | null): Promise<ChosenOwner> {
  const name = wanted?.trim() ?? '';
  if (name !== '') {
    const found = await rows<{ id: string }>(
      db,
      ID.test(name) ? 'SELECT id FROM owner WHERE id = $1' : 'SELECT id FROM owner WHERE email = lower($1)',
      [name.replaceAll('\0', '')],
    );
    return found[0]
      ? { kind: 'owner', ownerId: found[0].id }
      : { kind: 'unknown', message: `There is no owner "${name.slice(0, 254)}".` };
  }
  const [only, another] = await rows<{ id: string }>(db, 'SELECT id FROM owner ORDER BY id LIMIT 2');
  if (!only) {
    return {
      kind: 'none',
      message: 'There is no owner yet: add one with POST /owners or `followthrough owner add`.',
    };
  }
  if (another) {
    return {
      kind: 'several',
      message:
        'There are several owners: name one by id or e-mail address, in the header Followthrough-Owner or with --owner.',
    };
  }
  return { kind: 'owner', ownerId: only.id };
}
