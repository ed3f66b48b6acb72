import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';

/** The invented conference that comes with the project: what was brought home, and what is in the owner's head. */
const SAMPLES = fileURLToPath(new URL('../../samples/', import.meta.url));
const FILES = 'devconf-2026';
const ANSWERS = 'devconf-2026-answers';

export const EVENT = {
  name: 'DevConf 2026',
  startsOn: '2026-11-18',
  endsOn: '2026-11-20',
  city: 'Berlin',
  zone: 'Europe/Berlin',
};
export const OWNER = {
  name: 'Nora Lindqvist',
  email: 'nora@keel.example.org',
  zone: 'Europe/Berlin',
  language: 'en',
};
/** Sunday evening after the conference: the files are there, and so is the time to sit down with them. */
export const START = new Date('2026-11-22T17:00:00Z');

/** Somebody she knows from earlier years and keeps up with: their birthday gets a word of hers. */
export const CLOSE = 'Petra Novotná';

const decision = z.object({
  who: z.string().min(1),
  decision: z.enum(['write', 'remember', 'not-met']),
  met: z.enum(['', 'yes', 'no']),
  lines: z.string(),
});
export type SampleDecision = z.infer<typeof decision>;

const keptPromise = z.object({ who: z.string().min(1), on: z.iso.date(), with: z.string().min(1) });
export type KeptPromise = z.infer<typeof keptPromise>;

const laterLine = z.object({ who: z.string().min(1), on: z.iso.date(), line: z.string().min(1) });
export type LaterLine = z.infer<typeof laterLine>;

export interface Samples {
  /** Folder of the files to import. */
  folder: string;
  debrief: SampleDecision[];
  kept: KeptPromise[];
  later: LaterLine[];
}

export async function readSamples(folder = SAMPLES): Promise<Samples> {
  return {
    folder: join(folder, FILES),
    debrief: await readTable(join(folder, ANSWERS, 'debrief.csv'), decision),
    kept: await readTable(join(folder, ANSWERS, 'kept.csv'), keptPromise),
    later: await readTable(join(folder, ANSWERS, 'later.csv'), laterLine),
  };
}

async function readTable<T>(path: string, schema: z.ZodType<T>): Promise<T[]> {
  const records: unknown = parse(await readFile(path, 'utf8'), {
    columns: (header: string[]) => header.map((name) => (name === 'name-or-email' ? 'who' : name)),
    bom: true,
    skip_empty_lines: true,
  });
  const read = z.array(schema).safeParse(records);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw new Error(`${path}: row ${Number(issue?.path[0] ?? 0) + 2}: ${issue?.message ?? 'cannot be read'}`);
}
