import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { CONFIG, type Config } from '../config.js';
import { appendAudit } from '../database/append.js';
import { sealedForgottenKey } from '../database/forgotten.js';
import { newId } from '../database/ids.js';
import { affected, row, rows } from '../database/rows.js';
import { seedOwner } from '../database/seed-owner.js';
import { AppError } from '../http/errors.js';
import { stale } from '../http/if-match.js';
import { pageOf, type Page, type PageQuery } from '../http/page.js';
import { Log } from '../log.js';
import {
  createOwner,
  type CreateOwner,
  type EditOwner,
  type OwnerAnswer,
  type StopAnswer,
} from './accounts.schemas.js';

const COLUMNS = 'id, name, email, zone, language, stopped_at, drafts_per_day, version, created_at';

/** The register of owners, and the big red switch. */
@Injectable()
export class OwnersService implements OnApplicationBootstrap {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** The owner that the settings name, where there is none yet. */
  async onApplicationBootstrap(): Promise<void> {
    const { OWNER_NAME: name, OWNER_EMAIL: email, OWNER_ZONE: zone } = this.config;
    if (name === undefined || email === undefined) return;
    if (await row(this.db, 'SELECT id FROM owner LIMIT 1')) return;
    try {
      const { id } = await this.add(createOwner.parse({ name, email, zone }));
      this.log.info({ ownerId: id }, 'owner made from OWNER_EMAIL');
    } catch (error) {
      // Another process was quicker with the same settings.
      if (!(error instanceof AppError && error.code === 'conflict')) throw error;
    }
  }

  /** With the owner come their sandbox mailbox, the default sequence and its templates. */
  async add(body: CreateOwner): Promise<OwnerAnswer> {
    const now = this.clock.now();
    const id = newId();
    const email = body.email.toLowerCase();
    const { rootKey, secretKey } = this.config;
    return this.db.transaction(async (tx) => {
      const made = await row<OwnerAnswer>(
        tx,
        `INSERT INTO owner (id, name, email, zone, language, created_at, forgotten_key_sealed)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (email) DO NOTHING RETURNING ${COLUMNS}`,
        [id, body.name, email, body.zone, body.language, now, sealedForgottenKey(id, rootKey, secretKey)],
      );
      if (!made) throw new AppError('conflict', `There is an owner with the address ${email} already.`);
      await tx.query(
        `INSERT INTO mailbox (id, owner_id, created_at, kind, address, display_name, tls)
         VALUES ($1, $2, $3, 'sandbox', $4, $5, 'none')`,
        [newId(), id, now, email, body.name],
      );
      await seedOwner(tx, id, now);
      await appendAudit(tx, {
        ownerId: id,
        at: now,
        who: 'owner',
        what: 'owner added',
        subjectKind: 'owner',
        subjectId: id,
      });
      return made;
    });
  }

  async list({ limit, cursor }: PageQuery): Promise<Page<OwnerAnswer>> {
    const found = await rows<OwnerAnswer>(
      this.db,
      `SELECT ${COLUMNS} FROM owner WHERE ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT $2`,
      [cursor ?? null, limit + 1],
    );
    return pageOf(found, limit);
  }

  async get(ownerId: string): Promise<OwnerAnswer> {
    const found = await row<OwnerAnswer>(this.db, `SELECT ${COLUMNS} FROM owner WHERE id = $1`, [ownerId]);
    if (!found) throw new AppError('not-found', 'There is no such owner.');
    return found;
  }

  async edit(ownerId: string, version: number, body: EditOwner): Promise<OwnerAnswer> {
    return this.db.transaction(async (tx) => {
      const edited = await row<OwnerAnswer>(
        tx,
        `UPDATE owner SET name = coalesce($3, name), zone = coalesce($4, zone), language = coalesce($5, language),
                drafts_per_day = coalesce($6, drafts_per_day), version = version + 1
          WHERE id = $1 AND version = $2 RETURNING ${COLUMNS}`,
        [
          ownerId,
          version,
          body.name ?? null,
          body.zone ?? null,
          body.language ?? null,
          body.draftsPerDay ?? null,
        ],
      );
      if (!edited) {
        await this.get(ownerId);
        throw stale('The owner');
      }
      await appendAudit(tx, {
        ownerId,
        at: this.clock.now(),
        who: 'owner',
        what: 'owner edited',
        subjectKind: 'owner',
        subjectId: ownerId,
        detail: body,
      });
      return edited;
    });
  }

  /**
   * Stops everything. The update waits for marks that hold the owner's row, and marks wait for it: once this answers, no
   * message enters DATA any more. What is on the wire already is counted, not hidden.
   */
  stop(ownerId: string): Promise<StopAnswer> {
    return this.switch(ownerId, this.clock.now());
  }

  /** Lets things go on. What fell due meanwhile is looked at again by the minute, each by its own rules. */
  resume(ownerId: string): Promise<StopAnswer> {
    return this.switch(ownerId, null);
  }

  private async switch(ownerId: string, stoppedAt: Date | null): Promise<StopAnswer> {
    return this.db.transaction(async (tx) => {
      const changed = await affected(
        tx,
        `UPDATE owner SET stopped_at = $2, version = version + 1
          WHERE id = $1 AND (stopped_at IS NULL) = ($2::timestamptz IS NOT NULL)`,
        [ownerId, stoppedAt],
      );
      if (changed > 0) {
        await appendAudit(tx, {
          ownerId,
          at: this.clock.now(),
          who: 'owner',
          what: stoppedAt ? 'stopped everything' : 'resumed',
          subjectKind: 'owner',
          subjectId: ownerId,
        });
      }
      const now = await row<StopAnswer>(
        tx,
        `SELECT stopped_at, (SELECT count(*)::int FROM message WHERE owner_id = $1 AND state = 'sending') AS under_way
           FROM owner WHERE id = $1`,
        [ownerId],
      );
      if (!now) throw new AppError('not-found', 'There is no such owner.');
      return now;
    });
  }
}
