import fc from 'fast-check';
import { copyLine, copyText, CopyText } from './copy-rows.js';

/** As the server reads it (PostgreSQL manual, COPY, "Text Format"). */
function readBack(cell: string): string | null {
  if (cell === '\\N') return null;
  return cell.replace(/\\(.)/gs, (_all, char: string) => ({ t: '\t', n: '\n', r: '\r' })[char] ?? char);
}

describe('the text format of COPY', () => {
  it('gives back every text, in one cell of one line', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom('\\N', '\\.', 'a\tb', '\\', '\r\n', ''))), (texts) => {
        const line = copyLine(texts);
        expect(line).not.toMatch(/[\n\r]/);
        expect(line.split('\t').slice(0, texts.length).map(readBack)).toEqual(texts.length === 0 ? [] : texts);
      }),
    ); // prettier-ignore
  });

  it('nothing is NULL, objects are JSON, a date is an instant', () => {
    expect(
      [null, undefined, true, 3, new Date(0), { a: 'x\ty' }, new CopyText('ready')].map(copyText),
    ).toEqual(['\\N', '\\N', 't', '3', '1970-01-01T00:00:00.000Z', '{"a":"x\\\\ty"}', 'ready']);
  });
});
