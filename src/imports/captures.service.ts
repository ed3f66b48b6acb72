import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { appendAudit, appendInteraction } from '../database/append.js';
import { personsOf } from '../database/persons.js';
import { row, rows } from '../database/rows.js';
import { AppError } from '../http/errors.js';
import { pageOf, type Page } from '../http/page.js';
import type { CaptureDone, CapturesQuery, CaptureView } from './captures.schemas.js';

const COLUMNS = `id, created_at, import_id, name, media_type, bytes::float8 AS bytes, sha256, state, note`;

/** Photos and voice notes that came with an import, for the owner to work through. */
@Injectable()
export class CapturesService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** In the order they came. */
  async list(ownerId: string, { state, cursor, limit }: CapturesQuery): Promise<Page<CaptureView>> {
    const found = await rows<CaptureView>(
      this.db,
      `SELECT ${COLUMNS} FROM capture
        WHERE owner_id = $1 AND ($2::text IS NULL OR state = $2) AND ($3::uuid IS NULL OR id > $3)
        ORDER BY id LIMIT $4`,
      [ownerId, state ?? null, cursor ?? null, limit + 1],
    );
    return pageOf(found, limit);
  }

  /** @throws AppError not-found */
  async get(ownerId: string, id: string): Promise<CaptureView> {
    const found = await row<CaptureView>(
      this.db,
      `SELECT ${COLUMNS} FROM capture WHERE owner_id = $1 AND id = $2`,
      [ownerId, id],
    );
    if (!found) throw new AppError('not-found', `there is no capture ${id}`);
    return found;
  }

  /** Its bytes, piece by piece; it must be there. */
  async *content(ownerId: string, id: string): AsyncGenerator<Buffer> {
    for (let after = -1; ;) {
      const chunk: { seq: number; bytes: Buffer } | null = await row(
        this.db,
        `SELECT seq, bytes FROM capture_chunk WHERE owner_id = $1 AND capture_id = $2 AND seq > $3 ORDER BY seq LIMIT 1`,
        [ownerId, id, after],
      );
      if (chunk === null) return;
      after = chunk.seq;
      yield chunk.bytes;
    }
  }

  /**
   * Worked through. A note about somebody is kept with them too, as your own word; said again, it replaces the note here
   * and is added there.
   * @throws AppError not-found (capture or contact)
   */
  async done(ownerId: string, id: string, { note, contactId }: CaptureDone): Promise<CaptureView> {
    const now = this.clock.now();
    await this.db.transaction(async (tx) => {
      const open = await row<{ note: string | null }>(
        tx,
        `SELECT note FROM capture WHERE owner_id = $1 AND id = $2 FOR UPDATE`,
        [ownerId, id],
      );
      if (!open) throw new AppError('not-found', `there is no capture ${id}`);
      await tx.query(
        `UPDATE capture SET state = 'done', note = coalesce($3, note) WHERE owner_id = $1 AND id = $2`,
        [ownerId, id, note ?? null],
      );
      if (contactId !== undefined && note !== undefined) {
        const person = (await personsOf(tx, ownerId, [contactId])).get(contactId);
        if (!person) throw new AppError('not-found', `contactId: there is no contact ${contactId}`);
        const word = {
          ownerId,
          contactId: person.id,
          kind: 'note',
          text: note,
          at: now,
          createdAt: now,
        } as const;
        await appendInteraction(tx, { ...word, sourceKind: 'owner', sourceId: null });
      }
      await appendAudit(tx, {
        ownerId,
        at: now,
        who: 'owner',
        what: 'capture-done',
        subjectKind: 'capture',
        subjectId: id,
        detail: { contactId: contactId ?? null },
      });
    });
    return this.get(ownerId, id);
  }
}
