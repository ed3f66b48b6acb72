import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { appendInteraction } from '../database/append.js';
import { row, rows } from '../database/rows.js';
import { AppError } from '../http/errors.js';
import type { AddInteraction, InteractionView } from './memory.schemas.js';
import { lockPerson, personOf } from './people.js';

const COLUMNS = `n.id, n.contact_id, n.kind, n.at, n.text, n.source_kind, n.created_at`;

/** What happened with people and is no message of ours. A call, a meeting and a mail by hand count in the budget. */
@Injectable()
export class InteractionsService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Newest first. One more than the limit. @throws AppError not-found */
  async list(
    ownerId: string,
    contactId: string,
    query: { limit: number; cursor?: string },
  ): Promise<InteractionView[]> {
    const { ids } = await personOf(this.db, ownerId, contactId);
    return rows<InteractionView>(
      this.db,
      `SELECT ${COLUMNS} FROM interaction n
        WHERE n.owner_id = $1 AND n.contact_id = ANY ($2::uuid[])
          AND ($3::uuid IS NULL OR (n.at, n.id) < (SELECT x.at, x.id FROM interaction x WHERE x.owner_id = $1 AND x.id = $3))
        ORDER BY n.at DESC, n.id DESC LIMIT $4`,
      [ownerId, ids, query.cursor ?? null, query.limit + 1],
    );
  }

  /** @throws AppError not-found; invalid, when it lies ahead */
  add(ownerId: string, contactId: string, interaction: AddInteraction): Promise<InteractionView> {
    const now = this.clock.now();
    const at = interaction.at ?? now;
    if (at > now) throw new AppError('invalid', `at: ${at.toISOString()} lies ahead; note what has happened`);
    return this.db.transaction(async (tx) => {
      const person = await lockPerson(tx, ownerId, contactId);
      const id = await appendInteraction(tx, {
        ownerId,
        contactId: person.id,
        at,
        createdAt: now,
        kind: interaction.kind,
        text: interaction.text,
        sourceKind: 'owner',
        sourceId: null,
      });
      const added = await row<InteractionView>(
        tx,
        `SELECT ${COLUMNS} FROM interaction n WHERE n.owner_id = $1 AND n.id = $2`,
        [ownerId, id],
      );
      if (!added) throw new Error('an interaction just written is gone');
      return added;
    });
  }
}
