import fc from 'fast-check';
import { cleanText, oneLine } from './text.js';

const anyText = fc.string({ unit: 'binary' });

describe('text at the door', () => {
  it('loses NUL, lone surrogates and control characters, and keeps tabs, lines and emoji', () => {
    expect(cleanText('a\u0000b\ud800c\u0007\td\ne 🚀\u009f')).toBe('abc\td\ne 🚀');
  });

  it('writes line ends one way and letters composed', () => {
    expect(cleanText('\ufeffJose\u0301\r\nDoe\rX')).toBe('José\nDoe\nX');
  });

  it('folds everything white to single spaces on one line', () => {
    expect(oneLine('  Jane\u00a0\n\t Doe ')).toBe('Jane Doe');
  });

  it('leaves nothing that Postgres refuses, and is its own fixed point', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom('', '\u0000', '\udc00', '\ud83d'), (text, dirt) => {
        const clean = cleanText(text + dirt + text);
        // eslint-disable-next-line no-control-regex
        expect(clean).not.toMatch(/\u0000|\p{Cs}/u);
        expect(cleanText(clean)).toBe(clean);
        expect(oneLine(oneLine(text))).toBe(oneLine(text));
      }),
    );
  });
});
