import { fit, short, table, when, widthOf } from './table.js';
import { plain, plainBlock } from './terminal.js';

describe('a table', () => {
  it('is aligned, with numbers to the right', () => {
    expect(
      table(
        ['id', 'name', 'rows'],
        [
          ['a1', 'Mira', 7],
          ['b2', null, 1200],
        ],
      ),
    ).toBe(['id  name  rows', 'a1  Mira     7', 'b2        1200'].join('\n'));
  });

  it('gives wide characters two places and marks none', () => {
    expect([widthOf('田辺'), widthOf('Zoe\u0308'), widthOf('🎉')]).toEqual([4, 3, 2]);
    expect(
      table(
        ['name', 'x'],
        [
          ['田辺 雪', 'a'],
          ['Mira', 'b'],
        ],
      ),
    ).toBe(['name     x', '田辺 雪  a', 'Mira     b'].join('\n'));
  });

  it('cuts what is too wide for a line', () => {
    expect(fit('a long subject', 8)).toBe('a long…');
    expect(widthOf(fit('田'.repeat(50), 9))).toBeLessThanOrEqual(9);
  });
});

describe('what is printed of data', () => {
  it('holds no escape sequence, no line of its own, and no turned writing', () => {
    expect(plain('Mira\u001b]0;owned\u0007\nOkafor\u009b31m')).toBe('Mira]0;owned Okafor31m');
    expect(plain('evil\u202egro.elpmaxe@a')).toBe('evilgro.elpmaxe@a');
    expect(plainBlock('one\u001b[2J\r\ntwo\tthree')).toBe('one[2J\ntwo  three');
  });
});

it('shows instants in the zone asked for, and ids by their end', () => {
  expect(when(new Date('2026-11-23T07:55:00Z'), 'Europe/Berlin')).toBe('2026-11-23 08:55');
  expect(when(null, 'UTC')).toBe('-');
  expect(short('01a20280-2534-7731-9eb4-2fca6389cd25')).toBe('6389cd25');
});
