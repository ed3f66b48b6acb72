import { row, rows } from '../database/rows.js';
import { WhyService } from '../outcomes/why.service.js';
import type { Desk } from './desk.js';
import { NothingFound, WrongUsage } from './exit.js';
import { plain } from './terminal.js';

/** What a command line may name by a piece of its id; all of them tables with an owner. */
const TABLES = {
  message: 'message',
  contact: 'contact',
  promise: 'promise',
  mailbox: 'mailbox',
  import: 'import',
  event: 'event',
  debt: 'reply_debt',
  mail: 'inbound',
  duplicate: 'proposal',
  change: 'position_change',
  capture: 'capture',
  'time off': 'time_off',
  suppression: 'suppression',
} as const;

const PIECE = /^[0-9a-f-]{6,36}$/i;

/** The whole id of which a beginning or an end of six characters or more was given. */
export async function wholeId(desk: Desk, what: keyof typeof TABLES, piece: string): Promise<string> {
  if (!PIECE.test(piece)) {
    throw new WrongUsage(`"${piece}" is no id: give the ${what}'s id, or its last 6 or more characters.`);
  }
  const found = await matching(desk, what, piece);
  if (found.length > 1) throw new WrongUsage(`"${piece}" fits more than one ${what}: give more of its id.`);
  const [only] = found;
  if (only === undefined) throw new NothingFound(`There is no ${what} "${piece}".`);
  return only;
}

export async function wholeIds(
  desk: Desk,
  what: keyof typeof TABLES,
  pieces: readonly string[],
): Promise<string[]> {
  const ids: string[] = [];
  for (const piece of pieces) ids.push(await wholeId(desk, what, piece));
  return [...new Set(ids)];
}

/** A contact by a piece of its id, else by address, name or a part of one. */
export async function contactId(desk: Desk, given: string): Promise<string> {
  if (given.trim() === '') throw new WrongUsage('Say whom: a name, an e-mail address, or the end of an id.');
  const [byId, another] = PIECE.test(given) ? await matching(desk, 'contact', given) : [];
  if (byId !== undefined && another === undefined) return byId;
  return desk.get(WhyService).find(desk.ownerId, given.replaceAll('\0', ''));
}

/**
 * The same for whoever is about to be changed: a part of a name is not enough, for it may be a part of another's.
 * @throws WrongUsage where nobody, or more than one, is called exactly so; NothingFound, AppError as `contactId`
 */
export async function exactContactId(desk: Desk, given: string): Promise<string> {
  const said = given.replaceAll('\0', '').trim().toLowerCase();
  const [byId, another] = PIECE.test(said) ? await matching(desk, 'contact', said) : [];
  if (byId !== undefined && another === undefined) return byId;
  const called = said === '' ? [] : await rows<{ id: string; name: string }>(desk.db, CALLED_SQL, [desk.ownerId, said]); // prettier-ignore
  const [only, second] = called;
  if (only && !second) return only.id;
  if (only) {
    const who = called.map(({ id, name }) => `${plain(name)} (${id.slice(-8)})`).join(', ');
    throw new WrongUsage(`"${plain(given)}" is the name or address of several: ${who}. Say the id.`);
  }
  const near = await contactId(desk, given);
  const found = await row<{ name: string }>(
    desk.db,
    `SELECT full_name AS name FROM contact WHERE owner_id = $1 AND id = $2`,
    [desk.ownerId, near],
  );
  throw new WrongUsage(
    `"${plain(given)}" is not the whole name or address of anybody; ${plain(found?.name)} (${near.slice(-8)}) comes near. Say the whole name, the address or the id.`,
  );
}

/** $1 owner, $2 a name or an address, lower case. A person is also called by what a contact merged into them holds. */
const CALLED_SQL = `
SELECT c.id, c.full_name AS name FROM contact c
 WHERE c.owner_id = $1 AND c.merged_into IS NULL AND lower(c.full_name) = $2
UNION
SELECT c.id, c.full_name FROM identity i JOIN contact k ON k.id = i.contact_id
  JOIN contact c ON c.id = coalesce(k.merged_into, k.id)
 WHERE i.owner_id = $1 AND (lower(i.value) = $2 OR i.canonical = $2)
ORDER BY name, id LIMIT 5`;

async function matching(desk: Desk, what: keyof typeof TABLES, piece: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    desk.db,
    `SELECT id FROM ${TABLES[what]} WHERE owner_id = $1
        AND (left(id::text, length($2)) = $2 OR right(id::text, length($2)) = $2) LIMIT 2`,
    [desk.ownerId, piece.toLowerCase()],
  );
  return found.map(({ id }) => id);
}
