import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { row } from '../database/rows.js';
import type { ImportView, RejectionView } from '../imports/imports.schemas.js';
import { ImportsService } from '../imports/imports.service.js';
import { IntakeService } from '../imports/intake.service.js';
import { columns } from './report.js';
import type { Scene } from './story.js';

export interface Imported {
  view: ImportView;
  rejections: RejectionView[];
  /** Contacts there are now. */
  people: number;
}

/** Imports the sample files as the command line would, and reads what became of each row. */
export async function importSamples(
  app: INestApplicationContext,
  { ownerId, event }: Pick<Scene, 'ownerId' | 'event'>,
  folder: string,
): Promise<Imported> {
  const view = await app.get(IntakeService).importFiles(ownerId, [folder], { eventId: event.id });
  const rejections = await app.get(ImportsService).rejections(ownerId, view.id, { limit: 50 });
  const counted = await row<{ people: number }>(
    app.get(DataSource),
    `SELECT count(*)::int AS people FROM contact WHERE owner_id = $1 AND merged_into IS NULL AND hidden_at IS NULL`,
    [ownerId],
  );
  return { view, rejections: rejections.items, people: counted?.people ?? 0 };
}

export function importTable({ view, rejections, people }: Imported): string {
  const counts = ['rows', 'created', 'merged', 'rejected', 'ignored'] as const;
  const line = (name: string, of: Record<(typeof counts)[number], number>): string[] => [
    name,
    ...counts.map((count) => String(of[count])),
  ];
  const table = columns([
    ['', ...counts],
    ...view.files.map((file) => line(`${base(file.name)} (${file.format ?? 'not read'})`, file)),
    line('all', view),
  ]);
  const refused = rejections.map(({ file, line: at, reason }) => `    ${base(file)}, line ${at}: ${reason}`);
  return [table, `  ${people} people. Rejected:`, ...refused].join('\n');
}

function base(name: string): string {
  return name.split('/').at(-1) ?? name;
}
