import { csvWriter } from './csv.js';
import type { ExportFormat, ExportWriter } from './exported.js';
import { jsonWriter } from './json.js';
import { vcardWriter } from './vcard.js';

/** A writer for one file of this format. */
export function writerOf(format: ExportFormat): ExportWriter {
  if (format === 'csv') return csvWriter();
  return format === 'vcard' ? vcardWriter() : jsonWriter();
}
