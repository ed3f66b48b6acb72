import { createHmac } from 'node:crypto';
import { z } from 'zod';

/**
 * A backup is one gzip'd file: a line of JSON (`BackupHeader`); for each table of it, in that order, its rows as COPY
 * writes them in its text format, a line `\.` and a line with their number; at the end a line with the SHA-256 of
 * everything before it. A row of COPY is one line and never `\.`, so the file can be read line by line.
 */
export const FORMAT = 'followthrough-backup';
export const VERSION = 1;
export const END_OF_ROWS = '\\.';
export const TRAILER = 'sha256 ';

const identifier = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/);

export const backupHeader = z.object({
  format: z.literal(FORMAT),
  version: z.int(),
  /** Of the program that wrote it. */
  app: z.string(),
  /** `server_version` of the Postgres it was taken from. */
  server: z.string(),
  /** Names of the migrations the tables had been through, oldest first. */
  migrations: z.array(z.string()),
  /** ISO instant. */
  createdAt: z.iso.datetime(),
  /** Tells whether a key is the one that the stored secrets were sealed with, and nothing else of it. */
  key: z.string(),
  tables: z.array(z.object({ name: identifier, columns: z.array(identifier).min(1) })),
});
export type BackupHeader = z.infer<typeof backupHeader>;

/** Foreseen: one line for the owner; nothing was written. */
export class BackupRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BackupRefused';
  }
}

/** What both sides of a COPY must agree on, whatever their servers were told. */
export const SESSION = [
  `SET LOCAL client_encoding = 'UTF8'`,
  `SET LOCAL datestyle = 'ISO, YMD'`,
  `SET LOCAL intervalstyle = 'postgres'`,
  `SET LOCAL timezone = 'UTC'`,
  `SET LOCAL bytea_output = 'hex'`,
  `SET LOCAL extra_float_digits = 3`,
];

export function keyMark(secretKey: Buffer): string {
  return createHmac('sha256', secretKey).update('followthrough backup key mark 1').digest('hex').slice(0, 16);
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export const columnList = (columns: readonly string[]): string => columns.map(quoted).join(', ');
