import { canonicalEmail } from '../core/import/identity.js';
import { row, rows, type Db } from '../database/rows.js';

/** Finds the owner's contacts by what a person writes down: an address that is theirs alone, or the whole name. */
export class People {
  constructor(
    private readonly db: Db,
    private readonly ownerId: string,
  ) {}

  /** @throws when nobody, or more than one, is meant. */
  async find(who: string): Promise<string> {
    const found = await rows<{ id: string }>(
      this.db,
      `SELECT DISTINCT coalesce(c.merged_into, c.id) AS id FROM contact c
         LEFT JOIN identity i ON i.owner_id = $1 AND i.contact_id = c.id AND i.kind = 'email'
        WHERE c.owner_id = $1 AND (i.canonical = $2 OR c.full_name = $3)`,
      [this.ownerId, canonicalEmail(who), who],
    );
    const [only, another] = found;
    if (!only) throw new Error(`the samples name "${who}", whom no import has brought`);
    if (another) throw new Error(`the samples name "${who}", who is ${found.length} contacts`);
    return only.id;
  }

  /** Where the holder of an address lives; the owner's own zone where nobody knows. */
  async zoneOf(canonical: string): Promise<string> {
    const found = await row<{ zone: string }>(
      this.db,
      `SELECT c.zone FROM identity i JOIN contact g ON g.id = i.contact_id
         JOIN contact c ON c.id = coalesce(g.merged_into, g.id)
        WHERE i.owner_id = $1 AND i.kind = 'email' AND i.canonical = $2 ORDER BY c.full_name LIMIT 1`,
      [this.ownerId, canonical],
    );
    return found?.zone ?? 'Europe/Berlin';
  }
}
