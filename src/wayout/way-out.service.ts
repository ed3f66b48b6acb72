import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { SCOPE_OF, type WayOutChoice } from '../core/way-out-choices.js';
import { languageOf } from '../core/way-out.js';
import { appendAudit, appendSuppression, holdersOf, lockPersons } from '../database/append.js';
import { personIds } from '../database/persons.js';
import { row, rows, type Db } from '../database/rows.js';
import { openWayOut, type WayOutOf } from '../database/way-out.js';
import { Queue } from '../queue/queue.service.js';
import { HELD, type HeldKind } from './held.js';

/** What the page tells: who wrote, and which kinds of data are held since when. Never a word of them: links get forwarded. */
export interface WayOutView {
  ownerName: string;
  /** BCP 47, of the mail the link stands in. */
  language: string;
  /** Local dates in the owner's zone, by kind. */
  held: { kind: HeldKind; since: string }[];
  chosen: WayOutChoice[];
}

/** The way out of somebody who follows the link in a mail. The token is all they need; it shows and does nothing else. */
@Injectable()
export class WayOutService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly queue: Queue,
  ) {}

  /** Null for a token we did not make, or where nothing is held any more. */
  async view(token: string): Promise<WayOutView | null> {
    const of = await openWayOut(this.db, token);
    if (!of) return null;
    const owner = await row<{ name: string; zone: string; language: string; text: string }>(
      this.db,
      `SELECT o.name, o.zone, o.language, coalesce(w.text, '') AS text
         FROM owner o LEFT JOIN message_body w ON w.owner_id = o.id AND w.message_id = $2 WHERE o.id = $1`,
      [of.ownerId, of.messageId],
    );
    if (!owner) return null;
    const held = await rows<{ kind: HeldKind; since: string }>(
      this.db,
      `SELECT kind, to_char(min(since) AT TIME ZONE $3, 'YYYY-MM-DD') AS since
         FROM (SELECT p.ids FROM (SELECT $2::uuid AS id) c ${personIds('c.id')}) who
        CROSS JOIN LATERAL (${HELD.map(({ kind, sql }) => `SELECT '${kind}' AS kind, since FROM (${sql}) x`).join(' UNION ALL ')}) h
        WHERE since IS NOT NULL GROUP BY kind`,
      [of.ownerId, of.contactId, owner.zone],
    );
    const order = HELD.map(({ kind }) => kind);
    const scopes = await this.scopes(this.db, of);
    return {
      ownerName: owner.name,
      language: languageOf(owner.text) ?? owner.language,
      held: held.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind)),
      chosen: (Object.keys(SCOPE_OF) as WayOutChoice[]).filter((choice) => scopes.has(SCOPE_OF[choice])),
    };
  }

  /**
   * Writes down what was chosen, for every address of the person, beside what others said of it: who takes theirs back leaves
   * this. Chosen twice it is chosen once. Nothing is ever taken back here: whoever has the link may only ask for less.
   * @returns false for a token we did not make
   */
  async choose(token: string, choice: WayOutChoice, how: 'page' | 'one-click'): Promise<boolean> {
    const of = await openWayOut(this.db, token);
    if (!of) return false;
    const scope = SCOPE_OF[choice];
    const at = this.clock.now();
    await this.db.transaction(async (tx) => {
      const addresses = await this.addresses(tx, of);
      // All at once and in order, as the mark before DATA locks them: one by one they could wait for each other.
      await lockPersons(tx, of.ownerId, [...(await holdersOf(tx, of.ownerId, addresses)), of.contactId]);
      const chosen = await this.chosen(tx, of.ownerId, addresses, scope);
      const open = addresses.filter((address) => !chosen.has(address));
      for (const address of open) {
        await appendSuppression(tx, {
          ownerId: of.ownerId,
          address,
          scope,
          why: how === 'page' ? 'chosen on the way-out page' : 'unsubscribed with one click',
          at,
          sourceKind: 'way-out',
          sourceId: of.messageId,
        });
      }
      if (open.length === 0) return;
      await appendAudit(tx, {
        ownerId: of.ownerId,
        at,
        who: 'way-out',
        what: `chose ${choice}`,
        subjectKind: 'contact',
        subjectId: of.contactId,
        detail: { messageId: of.messageId, how },
      });
    });
    // A lost wake costs a minute; the last look before DATA reads the rows themselves.
    await this.queue.wake('plan', {});
    return true;
  }

  /** Every address of the person's own, and the one the mail went to. */
  private async addresses(db: Db, of: WayOutOf): Promise<string[]> {
    const known = await rows<{ canonical: string }>(
      db,
      `SELECT DISTINCT i.canonical FROM (SELECT $2::uuid AS id) c ${personIds('c.id')}
         JOIN identity i ON i.owner_id = $1 AND i.contact_id = ANY (p.ids) AND i.kind = 'email' AND NOT i.shared`,
      [of.ownerId, of.contactId],
    );
    const all = new Set([
      ...known.map(({ canonical }) => canonical),
      ...(of.toCanonical ? [of.toCanonical] : []),
    ]);
    return [...all];
  }

  /** For which of them this was chosen before. */
  private async chosen(
    db: Db,
    ownerId: string,
    addresses: readonly string[],
    scope: string,
  ): Promise<Set<string>> {
    const found = await rows<{ address: string }>(
      db,
      `SELECT address FROM suppression WHERE owner_id = $1 AND address = ANY ($2::text[]) AND scope = $3
          AND source_kind = 'way-out' AND lifted_at IS NULL`,
      [ownerId, addresses, scope],
    );
    return new Set(found.map(({ address }) => address));
  }

  /** What the address the mail went to is spared already. */
  private async scopes(db: Db, of: WayOutOf): Promise<Set<string>> {
    const found = await rows<{ scope: string }>(
      db,
      `SELECT scope FROM suppression WHERE owner_id = $1 AND address = $2 AND lifted_at IS NULL`,
      [of.ownerId, of.toCanonical],
    );
    return new Set(found.map(({ scope }) => scope));
  }
}
