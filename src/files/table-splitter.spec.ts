import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { TableSplitter, type TableRecord } from './table-splitter.js';

const known = { headerIndex: 0, width: 3 };

function split(text: string, { pieces = 1 } = {}): TableRecord[] {
  const splitter = new TableSplitter(',', known);
  const size = Math.max(1, Math.ceil(text.length / pieces));
  const records: TableRecord[] = [];
  for (let from = 0; from < text.length; from += size)
    records.push(...splitter.push(text.slice(from, from + size)));
  return [...records, ...splitter.end()];
}
const told = (records: TableRecord[]) =>
  records.map(({ line, cells, broken }) => broken ?? `${line}: ${cells.join('|')}`);

describe('a table is cut into rows', () => {
  it('line ends of every kind, quoted line breaks, doubled quotes, blank and ragged lines keep their line numbers', () => {
    const text = 'a,b,c\r\n1,"x\r\ny",2\r\n\r\n"say ""hi""",4\n5,6,7,8\r9,10,11';
    expect(told(split(text))).toEqual([
      '1: a|b|c',
      '2: 1|x\ny|2',
      '4: ',
      '5: say "hi"|4',
      '6: 5|6|7|8',
      '7: 9|10|11',
    ]);
  });

  it('a quotation mark that is never closed costs its own line only', () => {
    const text = 'a,b,c\n1,"Acme, Inc,2\n3,4,5\n6,"7",8\n9,10,11\n12,"13,14\n15,16,17';
    expect(split(text)).toMatchObject([
      { line: 1, cells: ['a', 'b', 'c'] },
      { line: 2, raw: '1,"Acme, Inc,2', broken: expect.stringContaining('quotation mark') as string },
      { line: 3, cells: ['3', '4', '5'] },
      { line: 4, cells: ['6', '7', '8'] },
      { line: 5, cells: ['9', '10', '11'] },
      { line: 6, raw: '12,"13,14', broken: expect.stringContaining('quotation mark') as string },
      { line: 7, cells: ['15', '16', '17'] },
    ]);
  });

  it('not even where every line has one', () => {
    const text = `a,b,c\n${'1,2,"3\n'.repeat(5)}4,5,6\n`;
    const records = split(text);
    expect(records.map(({ line, raw }) => [line, raw])).toEqual(text.trim().split('\n').map((raw, n) => [n + 1, raw])); // prettier-ignore
    expect(records.filter(({ broken }) => broken)).toHaveLength(5);
    expect(records.at(-1)).toMatchObject({ cells: ['4', '5', '6'] });
  });

  it('a note of several lines is no accident, not even with a stray mark or with commas in it', () => {
    const text = 'a,b,c\n1,"met at 5"" desk\nsaid yes, twice, laughing\nand no, maybe, yes",2\n3,4,5\n';
    expect(told(split(text))).toEqual([
      '1: a|b|c',
      '2: 1|met at 5" desk\nsaid yes, twice, laughing\nand no, maybe, yes|2',
      '5: 3|4|5',
    ]);
  });

  it('a line beyond all measure is given up, the next is read', () => {
    const splitter = new TableSplitter(',', known);
    const records = splitter.push('a,b,c\n1,2,3\n');
    for (let n = 0; n < 50; n += 1) records.push(...splitter.push(`4,${'x'.repeat(100_000)}`));
    records.push(...splitter.push('\n5,6,7\n'), ...splitter.end());
    expect(told(records)).toEqual(['1: a|b|c', '2: 1|2|3', 'is longer than 4000000 characters', '4: 5|6|7']);
  });

  it('is the same however the stream is cut, and reads back what was written', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', '"', ',', '\n', ' ', 'é', '\u{1f600}'),
      maxLength: 8,
    });
    const row = fc.array(cell, { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 60 }),
        (rows, pieces) => {
          const text = rows
            .map((cells) => cells.map((value) => `"${value.replaceAll('"', '""')}"`).join(','))
            .join('\n');
          const records = split(text, { pieces });
          expect(records.map(({ cells }) => cells)).toEqual(rows);
          expect(records.map(({ raw }) => raw).join('\n')).toBe(text);
        },
      ),
    );
  });

  it('takes sound and half-sound quotation marks as csv-parse does, which is slower', () => {
    const noise = fc.string({
      unit: fc.constantFrom('a', '"', '""', '"b"', ',', ',"', '",', '\n', ' '),
      maxLength: 30,
    });
    const slowly = (text: string): string[][] | null => {
      try {
        return parse(text, {
          relax_quotes: true,
          relax_column_count: true,
          skip_empty_lines: false,
          record_delimiter: '\n',
        });
      } catch {
        return null;
      }
    };
    fc.assert(
      fc.property(noise, fc.integer({ min: 1, max: 20 }), (text, pieces) => {
        const expected = slowly(text);
        fc.pre(expected !== null);
        const splitter = new TableSplitter(',');
        const records: TableRecord[] = [];
        const size = Math.max(1, Math.ceil(text.length / pieces));
        for (let at = 0; at < text.length; at += size)
          records.push(...splitter.push(text.slice(at, at + size)));
        expect([...records, ...splitter.end()].map(({ cells }) => cells)).toEqual(expected);
      }),
      { numRuns: 1_000 },
    );
  });

  it('never throws and never loses a line, whatever the text', () => {
    const noise = fc.string({
      unit: fc.constantFrom('a', '"', ',', '\n', '\r', '\0', '\ud800'),
      maxLength: 60,
    });
    fc.assert(
      fc.property(noise, fc.integer({ min: 1, max: 60 }), (text, pieces) => {
        const whole = (lines: string): string => lines.replaceAll('\ud800', '\ufffd').replace(/\n$/, '');
        const raws = split(text, { pieces }).map(({ raw }) => raw);
        expect(whole(`${raws.join('\n')}\n`)).toBe(whole(text.replace(/\r\n?/g, '\n')));
      }),
    );
  });
});
