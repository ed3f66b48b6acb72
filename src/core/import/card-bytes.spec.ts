import fc from 'fast-check';
import { FoldMender } from './card-bytes.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function mended(chunks: readonly Uint8Array[]): string {
  const mender = new FoldMender();
  const out = [...chunks.map((chunk) => mender.push(chunk)), mender.end()].flatMap((piece) => [...piece]);
  return new TextDecoder().decode(Uint8Array.from(out));
}

describe('folds within a character', () => {
  it('are taken out wherever they are, and wherever the stream is cut', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'ß', 'Ж', '花', '🎂', ' ', ':') });
    fc.assert(
      fc.property(text, fc.array(fc.nat(40)), fc.array(fc.nat(60)), fc.constantFrom('\r\n ', '\n\t'), (value, folds, cuts, fold) => {
        const whole = bytes(value);
        const folded: number[] = [];
        for (const [index, byte] of whole.entries()) {
          if (folds.includes(index) && (byte & 0xc0) === 0x80) folded.push(...bytes(fold));
          folded.push(byte);
        }
        const places = [0, ...cuts.map((cut) => Math.min(cut, folded.length)).sort((a, b) => a - b), folded.length];
        const chunks = places.slice(1).map((to, index) => Uint8Array.from(folded.slice(places[index], to)));
        expect(mended(chunks)).toBe(value);
      }),
    ); // prettier-ignore
  });

  it('leave every other byte as it is', () => {
    const anything = fc.array(fc.constantFrom(0x41, 0x80, 0xc3, 0xe4, 0xf0, 10, 13, 32, 9), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(anything, fc.nat(12), (values, cut) => {
        const file = Uint8Array.from(values);
        const isFold = /[\xc2-\xff][\x80-\xbf]{0,2}\r?\n?[ \t][\x80-\xbf]/.test(String.fromCharCode(...file));
        fc.pre(!isFold);
        const mender = new FoldMender();
        const out = [...mender.push(file.slice(0, cut)), ...mender.push(file.slice(cut)), ...mender.end()];
        expect(out).toEqual([...file]);
      }),
    );
  });
});
