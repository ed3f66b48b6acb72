import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, open, readFile, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { DataSource, EntityManager } from 'typeorm';
import { keyFile, nextKeyFile, type Config } from '../config.js';
import { sealedForgottenKey } from '../database/forgotten.js';
import { affected, rows } from '../database/rows.js';
import { SEALED_COLUMNS, sealedFor } from './sealed-columns.js';
import { openSecret, sealSecret, SecretUnreadable } from './secrets.js';

/** `blocked`: something cannot be opened with any key there is; nothing was changed. */
export type Resealed = { kind: 'resealed'; count: number } | { kind: 'blocked'; what: string[] };

class Blocked extends Error {
  constructor(readonly what: string[]) {
    super('some secrets cannot be opened');
  }
}

/**
 * Seals everything there is with another key, all of it or nothing. Run it where nothing else seals meanwhile.
 * @param to 32 bytes
 */
export async function reseal(
  db: DataSource,
  config: Pick<Config, 'secretKeys' | 'rootKey'>,
  to: Buffer,
): Promise<Resealed> {
  try {
    const count = await db.transaction(async (tx) => {
      await tx.query(`LOCK TABLE owner, mailbox IN SHARE ROW EXCLUSIVE MODE`);
      const blocked: string[] = [];
      let changed = 0;
      for (const { table, column } of SEALED_COLUMNS) {
        for (const { id, name, sealed } of await sealedRows(tx, table, column)) {
          try {
            const plain = openSecret(sealed, config.secretKeys, sealedFor(column, id));
            changed += await affected(tx, `UPDATE "${table}" SET "${column}" = $2 WHERE id = $1`, [
              id,
              sealSecret(plain, to, sealedFor(column, id)),
            ]);
          } catch (error) {
            if (!(error instanceof SecretUnreadable)) throw error;
            blocked.push(`${column.replace(/_sealed$/, '').replaceAll('_', ' ')} of ${name}`);
          }
        }
      }
      if (blocked.length > 0) throw new Blocked(blocked);
      return changed + (await keepForgottenKeys(tx, config.rootKey, to));
    });
    return { kind: 'resealed', count };
  } catch (error) {
    if (error instanceof Blocked) return { kind: 'blocked', what: error.what };
    throw error;
  }
}

/** Hashes made with the key that goes are known again only with it: each owner keeps what was derived from it. */
async function keepForgottenKeys(tx: EntityManager, rootKey: Buffer, to: Buffer): Promise<number> {
  const without = await rows<{ id: string }>(tx, `SELECT id FROM owner WHERE forgotten_key_sealed IS NULL`);
  for (const { id } of without) {
    await tx.query(`UPDATE owner SET forgotten_key_sealed = $2 WHERE id = $1`, [
      id,
      sealedForgottenKey(id, rootKey, to),
    ]);
  }
  return without.length;
}

function sealedRows(
  tx: EntityManager,
  table: 'mailbox' | 'owner',
  column: string,
): Promise<{ id: string; name: string; sealed: Buffer }[]> {
  const name = table === 'owner' ? 'email' : 'address';
  return rows(
    tx,
    `SELECT id, "${name}" AS name, "${column}" AS sealed FROM "${table}" WHERE "${column}" IS NOT NULL ORDER BY id`,
  );
}

/**
 * The key to come, in a 0600 file beside the one in force, whole and on the disk before anything is sealed with it. Where
 * a change was killed half way it is the key of that change.
 * @returns 32 bytes
 */
export async function prepareNextKey(dataDir: string): Promise<Buffer> {
  const path = nextKeyFile(dataDir);
  if (!existsSync(path)) {
    const draft = `${path}.${randomBytes(6).toString('hex')}`;
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(randomBytes(32).toString('hex'));
      await file.sync();
    } finally {
      await file.close();
    }
    await link(draft, path).finally(() => unlink(draft));
    await syncFolder(path);
  }
  const key = Buffer.from((await readFile(path, 'utf8')).trim(), 'hex');
  if (key.length !== 32) throw new Error(`${path} is not 64 hexadecimal digits: somebody changed it`);
  return key;
}

/** The key to come takes its place, in one step of the file system. */
export async function putKeyInPlace(dataDir: string): Promise<void> {
  await rename(nextKeyFile(dataDir), keyFile(dataDir));
  await syncFolder(keyFile(dataDir));
}

/** A new name is kept through a power cut only when its folder was written too. Not every system can do it. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(dirname(path), 'r').catch(() => null);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}
