import { sideBySide } from './side-by-side.js';
import { widthOf } from './table.js';

const row = (label: string, a: string[], b: string[], compared = true) => ({ label, a, b, compared });

describe('sideBySide', () => {
  it('marks what is the same and what differs, and leaves open what only one says', () => {
    const text = sideBySide(
      [
        row('name', ['Grace Hopper'], ['grace  hopper']),
        row('company', ['Acme GmbH'], ['Beta AG']),
        row('city', ['Berlin'], []),
        row('birthday', [], []),
        row('from', ['a.csv, line 2'], ['b.csv, line 3'], false),
      ],
      60,
    );
    expect(text.split('\n')).toEqual([
      '= name     Grace Hopper            | grace hopper',
      '≠ company  Acme GmbH               | Beta AG',
      '  city     Berlin                  | -',
      '  from     a.csv, line 2           | b.csv, line 3',
    ]);
  });

  it('puts several values below each other, and counts those that are too many', () => {
    const many = ['a', 'b', 'c', 'd', 'e', 'f'].map((one) => `${one}@example.com`);
    const lines = sideBySide([row('e-mail', many, ['f@example.com'])], 60).split('\n');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(/^= e-mail {2}a@example\.com +\| f@example\.com$/);
    expect(lines[4]).toContain('and 2 more');
  });

  it('keeps to its width, wide characters too, and lets no escape sequence through', () => {
    const name = '山田太郎'.repeat(10);
    const lines = sideBySide(
      [row('name', [name], ['x'.repeat(90)]), row('note', ['\u001b[31mred'], ['b'])],
      60,
    ).split('\n');
    const columns = lines.map((line) => line.split('|').map(widthOf));
    expect(columns.map(([left]) => left)).toEqual([33, 33]);
    expect(Math.max(...columns.flatMap(([left = 0, right = 0]) => left + 1 + right))).toBeLessThanOrEqual(60);
    expect(lines.join('')).not.toContain('\u001b');
  });
});
