import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Layout of a sealed secret: one byte of version, 12 of nonce, 16 of tag, then the ciphertext. */
const VERSION = 1;
const NONCE_END = 13;
const TAG_END = 29;

/** It was not sealed with this key, for this place, or has been changed since. */
export class SecretUnreadable extends Error {
  constructor(why: string) {
    super(
      `A stored password cannot be opened (${why}): bring SECRET_KEY back as it was, the same for every process, or enter the password again.`,
    );
    this.name = 'SecretUnreadable';
  }
}

/**
 * Seals a secret with AES-256-GCM (NIST SP 800-38D) under a fresh nonce. `context` is bound to it: what was sealed for
 * one mailbox (its id) does not open for another.
 * @param key 32 bytes
 */
export function sealSecret(plain: string, key: Buffer, context: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(boundTo(VERSION, context));
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), sealed]);
}

/** @throws SecretUnreadable */
export function openSecret(sealed: Buffer, key: Buffer, context: string): string {
  if (sealed.length < TAG_END) throw new SecretUnreadable('it is cut short');
  if (sealed[0] !== VERSION)
    throw new SecretUnreadable(`its version ${sealed.readUInt8(0)} is not known here`);
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, NONCE_END))
    .setAAD(boundTo(VERSION, context))
    .setAuthTag(sealed.subarray(NONCE_END, TAG_END));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(TAG_END)), decipher.final()]).toString('utf8');
  } catch {
    throw new SecretUnreadable('another key, another place, or it was changed');
  }
}

function boundTo(version: number, context: string): Buffer {
  return Buffer.from(`followthrough secret ${version}\n${context}`, 'utf8');
}
