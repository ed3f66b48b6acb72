import { createReadStream } from 'node:fs';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { readMappingFile } from '../core/import/mapping.js';
import type { Mapping } from '../core/import/records.js';
import { oneLine } from '../core/text.js';
import { eventById, findOrMakeEvent } from '../database/find-event.js';
import { newId } from '../database/ids.js';
import { affected, type Db } from '../database/rows.js';
import { appendAudit } from '../database/append.js';
import { AppError } from '../http/errors.js';
import { Queue } from '../queue/queue.service.js';
import { dropChunks, storeFile } from './chunks.js';
import { readDays } from './event-days.js';
import { diskSource } from '../files/disk-source.js';
import { lookForFiles, type FoundFile } from '../files/find-files.js';
import type { Report, ReportedFile } from './import-report.js';
import { ImportRunner, type RunOptions } from './import-runner.js';
import type { ImportView, UploadFields } from './imports.schemas.js';
import { ImportsService } from './imports.service.js';
import { NO_COUNTS } from './plan-batch.js';

/** Bytes of one file. */
export const FILE_LIMIT = 200_000_000;
/** Files of one upload. */
export const FILES_LIMIT = 20;

const TOO_LARGE = `is larger than ${FILE_LIMIT / 1e6} MB; split it`;

/** What the caller wants to see of an import while it runs. */
export type Watch = Pick<RunOptions, 'onProgress' | 'onRow' | 'isStopping'>;

interface Refused {
  name: string;
  bytes: number;
  reason: string;
}

/** Takes files in: an import is opened, its files are stored piece by piece, then it is the worker's turn. */
@Injectable()
export class IntakeService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly queue: Queue,
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
   * @throws AppError invalid (event, its days, the mapping), not-found (event), conflict (several events of that name)
   */
  async submit(ownerId: string, importId: string, fields: UploadFields): Promise<void> {
    await this.db.transaction(async (tx) => {
      const mapping = mappingOf(fields);
      const { eventId, made } = await this.eventOf(tx, ownerId, fields);
      // An event made for this import goes with it, when it is undone.
      if (made) await tx.query(`UPDATE event SET import_id = $2 WHERE id = $1`, [eventId, importId]);
      await tx.query(
        `UPDATE import SET state = 'queued', event_id = $3, mapping = $4, dry_run = $5
          WHERE owner_id = $1 AND id = $2 AND state = 'receiving'`,
        [
          ownerId,
          importId,
          eventId,
          mapping === null ? null : JSON.stringify(mapping),
          fields.dryRun === 'true',
        ],
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
    await this.queue.wake('import', { importId });
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
    watch: Watch = {},
  ): Promise<ImportView> {
    const { files, unreadable } = await filesAt(paths);
    mappingOf(fields);
    const importId = await this.open(ownerId);
    try {
      for (const { name, reason } of unreadable)
        await this.refuse(ownerId, importId, { name, bytes: 0, reason });
      for (const { path, name, bytes } of files) {
        if (bytes <= FILE_LIMIT) await this.receive(ownerId, importId, name, createReadStream(path));
        else await this.refuse(ownerId, importId, { name, bytes, reason: TOO_LARGE });
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
    await this.runner.run(importId, { wait: true, ...watch });
    return this.imports.get(ownerId, importId);
  }

  /**
   * What would come of files and folders of this machine; nothing is written.
   * @throws AppError as `importFiles`
   */
  async tryFiles(
    ownerId: string,
    paths: readonly string[],
    fields: UploadFields = {},
    { onProgress, onRow }: Watch = {},
  ): Promise<Report> {
    const { files, unreadable } = await filesAt(paths);
    const mapping = mappingOf(fields);
    const readable = files.filter(({ bytes }) => bytes <= FILE_LIMIT);
    const sources = readable.map(({ path, name, bytes }) => diskSource(path, name, bytes));
    const eventOf = async (tx: Db): Promise<string | null> =>
      (await this.eventOf(tx, ownerId, fields)).eventId;
    const report = await this.runner.dryRun(ownerId, sources, { eventOf, mapping }, onProgress, onRow);
    const tooLarge = files.filter(({ bytes }) => bytes > FILE_LIMIT);
    const refused = [
      ...unreadable,
      ...tooLarge.map(({ name, bytes }) => ({ name, bytes, reason: TOO_LARGE })),
    ];
    return { ...report, files: [...report.files, ...refused.map(refusedFile)] };
  }

  private async refuse(ownerId: string, importId: string, { name, bytes, reason }: Refused): Promise<void> {
    await this.db.query(
      `INSERT INTO import_file (id, owner_id, created_at, import_id, name, bytes, state, why)
       VALUES ($1, $2, $3, $4, $5, $6, 'refused', $7)`,
      [newId(), ownerId, this.clock.now(), importId, oneLine(name).slice(0, 255), bytes, reason],
    );
  }

  private async eventOf(
    db: Db,
    ownerId: string,
    { eventId, event, on }: UploadFields,
  ): Promise<{ eventId: string | null; made: boolean }> {
    if (eventId !== undefined) {
      if (await eventById(db, ownerId, eventId)) return { eventId, made: false };
      throw new AppError('not-found', `eventId: there is no event ${eventId}`);
    }
    const days = on === undefined ? null : readDays(on);
    if (days?.kind === 'invalid') throw new AppError('invalid', `on: ${days.reason}`);
    if (event === undefined) {
      if (days) throw new AppError('invalid', 'event: the days are given, but not the name of the event');
      return { eventId: null, made: false };
    }
    const found = await findOrMakeEvent(db, ownerId, { name: event, days }, this.clock.now());
    if (found.kind === 'event') return { eventId: found.event.id, made: found.made };
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

/** What the owner said of columns and dates; null where they said nothing. */
function mappingOf({ mapping, dates }: UploadFields): Mapping | null {
  const monthFirst = dates === undefined ? null : dates === 'month-first';
  if (mapping === undefined) return monthFirst === null ? null : { header: '', columns: {}, monthFirst };
  const read = readMappingFile(mapping);
  if (read.kind === 'refused') throw new AppError('invalid', `mapping: ${read.reason}`);
  return { ...read.mapping, ...(monthFirst !== null && { monthFirst }) };
}

/** @throws AppError invalid where there is no file at all */
async function filesAt(paths: readonly string[]): Promise<{ files: FoundFile[]; unreadable: Refused[] }> {
  const { files, unreadable } = await lookForFiles(paths);
  if (files.length + unreadable.length === 0) {
    throw new AppError('invalid', `${paths.join(', ')}: there are no files to import`);
  }
  return { files, unreadable: unreadable.map((one) => ({ ...one, bytes: 0 })) };
}

function refusedFile({ name, bytes, reason }: Refused): ReportedFile {
  return {
    ...NO_COUNTS,
    ...{ id: newId(), parentId: null, name, bytes, state: 'refused', format: null, why: reason },
    ...{ confidence: null, header: null, columns: null, asks: [], rows: 0 },
  };
}
