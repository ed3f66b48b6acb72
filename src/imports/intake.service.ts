import { createReadStream } from 'node:fs';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { oneLine } from '../core/text.js';
import { eventById, findOrMakeEvent } from '../database/find-event.js';
import { newId } from '../database/ids.js';
import { affected, type Db } from '../database/rows.js';
import { appendAudit } from '../database/append.js';
import { AppError } from '../http/errors.js';
import { Log } from '../log.js';
import { Queue } from '../queue/queue.service.js';
import { dropChunks, storeFile } from './chunks.js';
import { readDays } from './event-days.js';
import { findFiles } from '../files/find-files.js';
import { ImportRunner, type ImportProgress } from './import-runner.js';
import type { ImportView, UploadFields } from './imports.schemas.js';
import { ImportsService } from './imports.service.js';

/** Bytes of one file. */
export const FILE_LIMIT = 200_000_000;
/** Files of one upload. */
export const FILES_LIMIT = 20;

/** Takes files in: an import is opened, its files are stored piece by piece, then it is the worker's turn. */
@Injectable()
export class IntakeService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly queue: Queue,
    private readonly log: Log,
    private readonly runner: ImportRunner,
    private readonly imports: ImportsService,
  ) {}

  /** A new import that waits for its files. */
  async open(ownerId: string): Promise<string> {
    const id = newId();
    await this.db.query(
      `INSERT INTO import (id, owner_id, created_at, state) VALUES ($1, $2, $3, 'receiving')`,
      [id, ownerId, this.clock.now()],
    );
    return id;
  }

  /** Stores one file of an open import. The source ends by itself at the limit. */
  async receive(
    ownerId: string,
    importId: string,
    name: string,
    source: AsyncIterable<Uint8Array>,
  ): Promise<{ fileId: string; bytes: number }> {
    const fileId = newId();
    await this.db.query(
      `INSERT INTO import_file (id, owner_id, created_at, import_id, name) VALUES ($1, $2, $3, $4, $5)`,
      [fileId, ownerId, this.clock.now(), importId, oneLine(name).slice(0, 255) || 'file'],
    );
    const bytes = await storeFile(this.db, { ownerId, importId, fileId }, source);
    return { fileId, bytes };
  }

  /**
   * All files are here: names the event, and hands the import on.
   * @throws AppError invalid (event or its days), not-found (event), conflict (several events of that name)
   */
  async submit(ownerId: string, importId: string, fields: UploadFields): Promise<void> {
    await this.db.transaction(async (tx) => {
      const eventId = await this.eventOf(tx, ownerId, fields);
      await tx.query(
        `UPDATE import SET state = 'queued', event_id = $3 WHERE owner_id = $1 AND id = $2 AND state = 'receiving'`,
        [ownerId, importId, eventId],
      );
      const audit = {
        ownerId,
        at: this.clock.now(),
        who: 'owner',
        subjectKind: 'import',
        subjectId: importId,
      };
      await appendAudit(tx, { ...audit, what: 'imported', detail: { eventId } });
    });
  }

  async wake(importId: string): Promise<void> {
    try {
      await this.queue.wake('import', { importId });
    } catch (error) {
      this.log.warn({ err: String(error) }, 'could not wake the import; the next minute does');
    }
  }

  /** What came in of it goes; does nothing to an import that has been handed on. */
  async abandon(ownerId: string, importId: string, why: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const ended = await affected(
        tx,
        `UPDATE import SET state = 'failed', error = $3, finished_at = $4, version = version + 1
          WHERE owner_id = $1 AND id = $2 AND state = 'receiving'`,
        [ownerId, importId, why, this.clock.now()],
      );
      if (ended > 0) await dropChunks(tx, ownerId, importId);
    });
  }

  /**
   * Files and folders of this machine, the command line's way: the same rows and the same reading, here and now. Folders
   * are gone through wholly, hidden files left out.
   * @throws AppError as `submit`; invalid when a path leads nowhere
   */
  async importFiles(
    ownerId: string,
    paths: readonly string[],
    fields: UploadFields = {},
    onProgress?: (progress: ImportProgress) => void,
  ): Promise<ImportView> {
    const files = await findFiles(paths);
    const importId = await this.open(ownerId);
    try {
      for (const { path, name, bytes } of files) {
        if (bytes > FILE_LIMIT) await this.refuseLarge(ownerId, importId, name, bytes);
        else await this.receive(ownerId, importId, name, createReadStream(path));
      }
      await this.submit(ownerId, importId, fields);
    } catch (error) {
      await this.abandon(
        ownerId,
        importId,
        error instanceof AppError ? error.message : 'reading its files failed',
      );
      throw error;
    }
    // A server beside us may have seen the import first: then we wait for it.
    await this.runner.run(importId, { wait: true, onProgress });
    return this.imports.get(ownerId, importId);
  }

  private async refuseLarge(ownerId: string, importId: string, name: string, bytes: number): Promise<void> {
    await this.db.query(
      `INSERT INTO import_file (id, owner_id, created_at, import_id, name, bytes, state, why)
       VALUES ($1, $2, $3, $4, $5, $6, 'refused', $7)`,
      [
        newId(),
        ownerId,
        this.clock.now(),
        importId,
        name,
        bytes,
        `is larger than ${FILE_LIMIT / 1e6} MB; split it`,
      ],
    );
  }

  private async eventOf(
    db: Db,
    ownerId: string,
    { eventId, event, on }: UploadFields,
  ): Promise<string | null> {
    if (eventId !== undefined) {
      if (await eventById(db, ownerId, eventId)) return eventId;
      throw new AppError('not-found', `eventId: there is no event ${eventId}`);
    }
    const days = on === undefined ? null : readDays(on);
    if (days?.kind === 'invalid') throw new AppError('invalid', `on: ${days.reason}`);
    if (event === undefined) {
      if (days) throw new AppError('invalid', 'event: the days are given, but not the name of the event');
      return null;
    }
    const found = await findOrMakeEvent(db, ownerId, { name: event, days }, this.clock.now());
    if (found.kind === 'event') return found.event.id;
    if (found.kind === 'several') {
      const starts = found.starts.join(', ');
      throw new AppError(
        'conflict',
        `event: there are several events named "${event}", starting on ${starts}; say its days, or its id`,
      );
    }
    throw new AppError(
      'invalid',
      `event: there is no event "${event}" yet; say its days as well, such as 2026-11-18..2026-11-20`,
    );
  }
}
