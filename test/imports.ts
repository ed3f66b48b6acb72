import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { rows } from '../src/database/rows.js';
import { ImportRunner } from '../src/imports/import-runner.js';
import type { UploadFields } from '../src/imports/imports.schemas.js';
import { IntakeService } from '../src/imports/intake.service.js';
import type { TestApp } from './app.js';
import { transpile } from './transpile.js';

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

/** Lets a process of its own run the import, and kills it when so many batches are committed. */
export async function killImport(app: TestApp, importId: string, batches: number): Promise<void> {
  const { url } = app.db.options as { url: string };
  const script = resolve('test/integration/import-worker.mjs');
  const args = [script, await transpile('src'), url, app.clock.now().toISOString(), importId];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let seen = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    expect(Number(line)).toBeGreaterThan(0);
    if ((seen += 1) === batches) child.kill('SIGKILL');
  }
  if (child.signalCode === null && child.exitCode === null) await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
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
