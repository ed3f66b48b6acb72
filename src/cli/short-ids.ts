import { row, rows } from '../database/rows.js';
import { WhyService } from '../outcomes/why.service.js';
import { NothingFound, WrongUsage } from './exit.js';
import type { Desk } from './shell.js';
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
  duplicate: 'proposal',
  change: 'position_change',
  capture: 'capture',
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
 * The same for what cannot be taken back: a part of a name is not enough, for it may be a part of another's.
 * @throws WrongUsage where the person found is not called so
 */
export async function exactContactId(desk: Desk, given: string): Promise<string> {
  const id = await contactId(desk, given);
  if (PIECE.test(given) && (id.startsWith(given.toLowerCase()) || id.endsWith(given.toLowerCase())))
    return id;
  const said = given.trim().toLowerCase();
  const found = await row<{ name: string; called: boolean }>(
    desk.db,
    `SELECT c.full_name AS name, lower(c.full_name) = $3
            OR EXISTS (SELECT 1 FROM identity i JOIN contact k ON k.id = i.contact_id
                        WHERE i.owner_id = $1 AND (k.id = c.id OR k.merged_into = c.id)
                          AND (lower(i.value) = $3 OR i.canonical = $3)) AS called
       FROM contact c WHERE c.owner_id = $1 AND c.id = $2`,
    [desk.ownerId, id, said],
  );
  if (found?.called) return id;
  throw new WrongUsage(
    `"${plain(given)}" is not the whole name or address of anybody; ${plain(found?.name)} (${id.slice(-8)}) comes near. Say the whole name, the address or the id.`,
  );
}

async function matching(desk: Desk, what: keyof typeof TABLES, piece: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    desk.db,
    `SELECT id FROM ${TABLES[what]} WHERE owner_id = $1
        AND (left(id::text, length($2)) = $2 OR right(id::text, length($2)) = $2) LIMIT 2`,
    [desk.ownerId, piece.toLowerCase()],
  );
  return found.map(({ id }) => id);
}
