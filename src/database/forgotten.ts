import { createHmac, hkdfSync } from 'node:crypto';
import { DataSource } from 'typeorm';
import { newId } from './ids.js';
import { openSecret, sealSecret, SecretUnreadable } from '../mail/secrets.js';
import { sealedFor } from '../mail/sealed-columns.js';
import { row, rows, type Db } from './rows.js';

/** What is left of an address of an erased person: by its hash alone, which nobody without the key can try addresses against. */
export interface ForgottenAddress {
  /** `email jane@example.com`, `linkedin jane-doe`, `phone +49301234567`: as it was asked for. */
  key: string;
  /** Suppressions that were in force. */
  scopes: string[];
  /** Mails sent there. */
  sent: number;
  lastSentAt: Date | null;
}

/** Of this use alone: what is hashed here tells nothing of what is sealed with the same secret. */
const LABEL = 'followthrough forgotten addresses 1';

/** What the hashes of a data source are made with, see `Config`. */
interface Keys {
  secretKey: Buffer;
  secretKeys: readonly Buffer[];
  rootKey: Buffer;
}

const keys = new WeakMap<DataSource, Keys>();

/** Gives a data source the keys its hashes are made with. Once for each process, when it starts. */
export function keepForgottenKey(db: DataSource, config: Keys): void {
  keys.set(db, config);
}

/** The key of hashes that a secret key stands for, as long as it is not changed. @param secretKey 32 bytes */
export function forgottenKeyOf(secretKey: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', secretKey, Buffer.alloc(0), LABEL, 32));
}

/** The same, as it is kept with an owner: the secret key may be changed later, and what was hashed cannot be hashed again. */
export function sealedForgottenKey(ownerId: string, rootKey: Buffer, sealWith: Buffer): Buffer {
  const plain = forgottenKeyOf(rootKey).toString('hex');
  return sealSecret(plain, sealWith, sealedFor('forgotten_key_sealed', ownerId));
}

/** HMAC-SHA-256 of kind and canonical value, hexadecimal, with the key kept for the owner. */
async function hasherOf(db: Db, ownerId: string): Promise<(key: string) => string> {
  const known = keys.get(db instanceof DataSource ? db : db.dataSource);
  if (!known) throw new Error('no key for forgotten addresses: keepForgottenKey was not called');
  const owner = await row<{ forgottenKeySealed: Buffer | null }>(
    db,
    `SELECT forgotten_key_sealed FROM owner WHERE id = $1`,
    [ownerId],
  );
  const kept = owner?.forgottenKeySealed ?? null;
  const secret = (kept && opened(kept, known, ownerId)) ?? forgottenKeyOf(known.rootKey);
  return (key) => createHmac('sha256', secret).update(`${ownerId}\n${key}`).digest('hex');
}

/** Null after a restore under another key: who was forgotten before is not known again, as restore has said. */
function opened(sealed: Buffer, { secretKeys }: Keys, ownerId: string): Buffer | null {
  try {
    return Buffer.from(openSecret(sealed, secretKeys, sealedFor('forgotten_key_sealed', ownerId)), 'hex');
  } catch (error) {
    if (error instanceof SecretUnreadable) return null;
    throw error;
  }
}

/**
 * Which of these identities are of somebody who was erased: nobody is made again of them without the owner's word.
 * @param wanted `email <canonical>`, `linkedin <slug>`, `phone <canonical>`
 */
export async function forgottenAmong(
  db: Db,
  ownerId: string,
  wanted: readonly string[],
): Promise<Map<string, ForgottenAddress>> {
  if (wanted.length === 0) return new Map();
  const hashOf = await hasherOf(db, ownerId);
  const byHash = new Map(wanted.map((key) => [hashOf(key), key]));
  const found = await rows<Omit<ForgottenAddress, 'key'> & { hash: string }>(
    db,
    `SELECT hash, scopes, sent, last_sent_at FROM forgotten WHERE owner_id = $1 AND hash = ANY ($2::text[])`,
    [ownerId, [...byHash.keys()]],
  );
  return new Map(
    found.map(({ hash, ...rest }) => {
      const key = byHash.get(hash) ?? '';
      return [key, { key, ...rest }];
    }),
  );
}

/** Remembers addresses by their hashes. Somebody forgotten for the second time keeps the stops of the first. */
export async function appendForgotten(
  db: Db,
  ownerId: string,
  addresses: readonly ForgottenAddress[],
  now: Date,
): Promise<void> {
  if (addresses.length === 0) return;
  const hashOf = await hasherOf(db, ownerId);
  const hashed = addresses.map(({ key, ...rest }) => ({
    id: newId(),
    kind: key.slice(0, key.indexOf(' ')),
    hash: hashOf(key),
    ...rest,
  }));
  await db.query(
    `INSERT INTO forgotten (id, owner_id, created_at, kind, hash, scopes, sent, last_sent_at)
     SELECT n.id, $1, $2, n.kind, n.hash, ARRAY (SELECT jsonb_array_elements_text(n.scopes)), n.sent, n."lastSentAt"
       FROM jsonb_to_recordset($3::jsonb)
            AS n(id uuid, kind text, hash text, scopes jsonb, sent int, "lastSentAt" timestamptz)
     ON CONFLICT (owner_id, kind, hash) DO UPDATE
        SET scopes = ARRAY (SELECT DISTINCT unnest(forgotten.scopes || EXCLUDED.scopes)),
            sent = forgotten.sent + EXCLUDED.sent,
            last_sent_at = greatest(forgotten.last_sent_at, EXCLUDED.last_sent_at)`,
    [ownerId, now, JSON.stringify(hashed)],
  );
}

/** The owner wants these people back by their own word: their hashes go. What was kept of them comes back. */
export async function dropForgotten(
  db: Db,
  ownerId: string,
  wanted: readonly string[],
): Promise<ForgottenAddress[]> {
  const found = await forgottenAmong(db, ownerId, wanted);
  if (found.size === 0) return [];
  const hashOf = await hasherOf(db, ownerId);
  const hashes = [...found.keys()].map((key) => hashOf(key));
  await db.query(`DELETE FROM forgotten WHERE owner_id = $1 AND hash = ANY ($2::text[])`, [ownerId, hashes]);
  return [...found.values()];
}
