import fc from 'fast-check';
import { createCipheriv, randomBytes } from 'node:crypto';
import { keyId, openSecret, sealSecret, SecretUnreadable } from './secrets.js';

const key = Buffer.alloc(32, 7);

describe('secrets', () => {
  it('opens what was sealed, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (plain, context) => {
        expect(openSecret(sealSecret(plain, key, context), key, context)).toBe(plain);
      }),
    );
  });

  it('seals the same words differently each time, and shows none of them', () => {
    const [one, two] = [sealSecret('open sesame', key, 'a'), sealSecret('open sesame', key, 'a')];
    expect(one.equals(two)).toBe(false);
    expect(one.includes('sesame')).toBe(false);
  });

  it('refuses whatever was changed, wherever', () => {
    const sealed = sealSecret('open sesame', key, 'mailbox-1');
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = Buffer.from(sealed);
        changed[at] = changed[at]! ^ flip;
        expect(() => openSecret(changed, key, 'mailbox-1')).toThrow(SecretUnreadable);
      }),
    );
  });

  it('refuses another key, another mailbox, a piece of it, and says what to do', () => {
    const sealed = sealSecret('open sesame', key, 'mailbox-1');
    expect(() => openSecret(sealed, Buffer.alloc(32, 8), 'mailbox-1')).toThrow(/SECRET_KEY/);
    expect(() => openSecret(sealed, key, 'mailbox-2')).toThrow(SecretUnreadable);
    expect(() => openSecret(sealed.subarray(0, 20), key, 'mailbox-1')).toThrow(/cut short/);
    for (let length = 0; length < sealed.length; length += 1) {
      expect(() => openSecret(sealed.subarray(0, length), key, 'mailbox-1')).toThrow(SecretUnreadable);
    }
  });

  it('names its key, without telling anything of it, and opens with whichever of several it was', () => {
    const other = Buffer.alloc(32, 8);
    const sealed = sealSecret('open sesame', other, 'mailbox-1');
    expect(sealed.subarray(1, 5).equals(keyId(other))).toBe(true);
    expect(keyId(other).equals(keyId(key))).toBe(false);
    expect(openSecret(sealed, [key, other], 'mailbox-1')).toBe('open sesame');
    expect(() => openSecret(sealed, [key], 'mailbox-1')).toThrow(/another key/);
  });

  it('still opens what was sealed before keys had names', () => {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(
      Buffer.from('followthrough secret 1\nmailbox-1'),
    );
    const text = Buffer.concat([cipher.update('open sesame'), cipher.final()]);
    const sealed = Buffer.concat([Buffer.of(1), nonce, cipher.getAuthTag(), text]);
    expect(openSecret(sealed, [Buffer.alloc(32, 8), key], 'mailbox-1')).toBe('open sesame');
    expect(() => openSecret(sealed, key, 'mailbox-2')).toThrow(SecretUnreadable);
  });
});
