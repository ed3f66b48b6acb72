/** Contacts as one JSON document with one contact to a line, so that it can be read as a stream. */
import type { ExportedContact, ExportWriter } from './exported.js';

export function jsonWriter(): ExportWriter {
  return {
    head: () => '{"followthrough": 1, "contacts": [\n',
    contact: (contact, index) => `${index === 0 ? '' : ',\n'}${writeExportLine(contact)}`,
    end: () => '\n]}\n',
  };
}

/** One contact on one line, without the comma. */
export function writeExportLine(contact: ExportedContact): string {
  return JSON.stringify(contact);
}
