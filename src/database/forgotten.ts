import { createHmac, hkdfSync } from 'node:crypto';
import { DataSource } from 'typeorm';
import { newId } from './ids.js';
import { rows, type Db } from './rows.js';

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

const keys = new WeakMap<DataSource, Buffer>();

/**
 * Gives a data source the key its hashes are made with. Once for each process, when it starts.
 * @param secretKey 32 bytes, `Config.secretKey`
 */
export function keepForgottenKey(db: DataSource, secretKey: Buffer): void {
  keys.set(db, Buffer.from(hkdfSync('sha256', secretKey, Buffer.alloc(0), LABEL, 32)));
}

/** HMAC-SHA-256 of kind and canonical value, hexadecimal. */
function hashOf(db: Db, ownerId: string, key: string): string {
  const secret = keys.get(db instanceof DataSource ? db : db.dataSource);
  if (!secret) throw new Error('no key for forgotten addresses: keepForgottenKey was not called');
  return createHmac('sha256', secret).update(`${ownerId}\n${key}`).digest('hex');
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
  const byHash = new Map(wanted.map((key) => [hashOf(db, ownerId, key), key]));
  if (byHash.size === 0) return new Map();
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
  const hashed = addresses.map(({ key, ...rest }) => ({
    id: newId(),
    kind: key.slice(0, key.indexOf(' ')),
    hash: hashOf(db, ownerId, key),
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
  const hashes = [...found.keys()].map((key) => hashOf(db, ownerId, key));
  await db.query(`DELETE FROM forgotten WHERE owner_id = $1 AND hash = ANY ($2::text[])`, [ownerId, hashes]);
  return [...found.values()];
}
