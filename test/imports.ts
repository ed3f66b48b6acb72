import { rows } from '../src/database/rows.js';
import { ImportRunner } from '../src/imports/import-runner.js';
import type { UploadFields } from '../src/imports/imports.schemas.js';
import { IntakeService } from '../src/imports/intake.service.js';
import type { TestApp } from './app.js';

/** One file in, all the way through: as an upload and its worker would, without either. Answers the import's id. */
export async function importText(
  app: TestApp,
  text: string,
  fields: UploadFields = {},
  name = 'people.csv',
): Promise<string> {
  const intake = app.get(IntakeService);
  const importId = await intake.open(app.ownerId);
  await intake.receive(app.ownerId, importId, name, bytesOf(text));
  await intake.submit(app.ownerId, importId, fields);
  await app.get(ImportRunner).run(importId);
  const [made] = await rows<{ state: string; error: string | null }>(
    app.db,
    `SELECT state, error FROM import WHERE id = $1`,
    [importId],
  );
  if (made?.state !== 'done') throw new Error(`the import is ${made?.state}: ${made?.error}`);
  return importId;
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
}

/** The tables that hold what is known of people, and the line. */
const TABLES = [
  'contact',
  'identity',
  'source_record',
  'contact_merge',
  'proposal',
  'position_change',
  'encounter',
  'debrief',
  'interaction',
  'fact',
  'promise',
  'event',
  'enrollment',
  'message',
  'message_body',
  'message_reason',
  'suppression',
  'inbound',
  'capture',
  'mapping',
] as const;

export type Everything = Record<string, Record<string, unknown>[]>;

/** Every row, without the versions that only count changes. */
export async function everything(app: TestApp): Promise<Everything> {
  const all = await Promise.all(
    TABLES.map(async (table) => {
      const found = await rows<Record<string, unknown>>(app.db, `SELECT * FROM "${table}" ORDER BY id`);
      return [table, found.map((one) => ({ ...one, version: undefined }))] as const;
    }),
  );
  return Object.fromEntries(all);
}
