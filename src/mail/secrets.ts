import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/**
 * Layout of a sealed secret: one byte of version, 4 that name the key, 12 of nonce, 16 of tag, then the ciphertext.
 * Version 1 did not name its key.
 */
const VERSION = 2;
const KEY_ID = 4;
const NONCE = 12;
const TAG = 16;

/** It was not sealed with a key we have, for this place, or has been changed since. */
export class SecretUnreadable extends Error {
  constructor(why: string) {
    super(
      `A stored password cannot be opened (${why}): bring SECRET_KEY, or secret-key in DATA_DIR, back as it was, the same for every process, or enter the password again.`,
    );
    this.name = 'SecretUnreadable';
  }
}

/** The name of a key, which tells nothing about it: 4 bytes derived from it (HKDF, RFC 5869). */
export function keyId(key: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), 'followthrough key id 1', KEY_ID));
}

/**
 * Seals a secret with AES-256-GCM (NIST SP 800-38D) under a fresh nonce. `context` is bound to it: what was sealed for
 * one mailbox (its id) does not open for another.
 * @param key 32 bytes
 */
export function sealSecret(plain: string, key: Buffer, context: string): Buffer {
  const nonce = randomBytes(NONCE);
  const head = Buffer.concat([Buffer.of(VERSION), keyId(key)]);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG }).setAAD(
    boundTo(head, context),
  );
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return Buffer.concat([head, nonce, cipher.getAuthTag(), sealed]);
}

/**
 * @param keys the key, or while it is being changed both
 * @throws SecretUnreadable
 */
export function openSecret(sealed: Buffer, keys: Buffer | readonly Buffer[], context: string): string {
  const known = Buffer.isBuffer(keys) ? [keys] : keys;
  const version = sealed[0] ?? 0;
  if (version !== 1 && version !== VERSION)
    throw new SecretUnreadable(`its version ${version} is not known here`);
  const headEnd = version === 1 ? 1 : 1 + KEY_ID;
  if (sealed.length < headEnd + NONCE + TAG) throw new SecretUnreadable('it is cut short');
  const head = sealed.subarray(0, headEnd);
  const fitting = version === 1 ? known : known.filter((key) => keyId(key).equals(head.subarray(1)));
  if (fitting.length === 0) throw new SecretUnreadable('it was sealed with another key');
  for (const key of fitting) {
    const plain = decrypted(sealed.subarray(headEnd), key, boundTo(head, context));
    if (plain !== null) return plain;
  }
  throw new SecretUnreadable('another key, another place, or it was changed');
}

/**
 * SQL: the column was sealed with none of these keys, so nobody can open it here. What is of version 1 cannot tell.
 * @param keyIds a bytea[] of `keyId`s
 */
export function sealedElsewhere(column: string, keyIds: string): string {
  return `(substring(${column} FOR 1) = '\\x02' AND NOT substring(${column} FROM 2 FOR 4) = ANY (${keyIds}))`;
}

function decrypted(rest: Buffer, key: Buffer, bound: Buffer): string | null {
  const decipher = createDecipheriv('aes-256-gcm', key, rest.subarray(0, NONCE), { authTagLength: TAG })
    .setAAD(bound)
    .setAuthTag(rest.subarray(NONCE, NONCE + TAG));
  try {
    return Buffer.concat([decipher.update(rest.subarray(NONCE + TAG)), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}

function boundTo(head: Buffer, context: string): Buffer {
  const id = head.length > 1 ? ` ${head.toString('hex', 1)}` : '';
  return Buffer.from(`followthrough secret ${head.readUInt8(0)}${id}\n${context}`, 'utf8');
}
