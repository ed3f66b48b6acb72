import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { matchFile } from './match-file.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'match-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function written(bytes: string | Uint8Array): Promise<string> {
  const path = join(folder, 'table.csv');
  await writeFile(path, bytes);
  return path;
}

const PEOPLE = `rec_id, given_name, surname, street, town, date_of_birth
a1, "Tarelin", Dovenbruck, 12 Amsel Street, Husum, 19840217
a2, TARELIN, DOVENBRUKC, 12 Amsel Street, Husum, 19840217
a3, Lena, Kessler, 3 Feld Road, Kiel, 19711130
`;

describe('a table is matched without a database', () => {
  it('pairs by rec_id, with spaces after commas, quotes and capitals', async () => {
    const found = await matchFile(await written(PEOPLE));
    expect(found).toMatchObject({
      kind: 'matched',
      records: 3,
      namedBy: 'rec_id',
      pairs: [{ a: 'a1', b: 'a2' }],
    });
  });

  it('semicolons, UTF-16 and a byte order mark change nothing', async () => {
    const text = `\ufeff${PEOPLE.replaceAll(',', ';')}`;
    const found = await matchFile(await written(Buffer.from(text, 'utf16le')));
    expect(found).toMatchObject({ kind: 'matched', pairs: [{ a: 'a1', b: 'a2' }] });
  });

  it('two tables put together, each with its own ends of lines', async () => {
    const [head = '', ...lines] = PEOPLE.trim().split('\n');
    const found = await matchFile(await written(`${head}\r\n${lines[0]}\r\n${lines[1]}\n${lines[2]}\n`));
    expect(found).toMatchObject({ kind: 'matched', records: 3, pairs: [{ a: 'a1', b: 'a2' }] });
  });

  it.each([
    ['an empty file', '', 'empty'],
    ['a header alone', 'name,city\n', 'no row'],
    ['a page', '<html><body>Please log in</body></html>', 'no CSV'],
    ['bytes', Uint8Array.from([80, 75, 3, 4, 0, 0, 0]), 'no table'],
    ['a quotation mark that never ends', 'name,city\n"Jane Doe,Kiel\nJohn,Kiel\n', 'Quote'],
    ['no people', 'x\n1\n2\n', 'no column'],
  ])('%s is refused with its reason', async (_name, bytes, reason) => {
    const found = await matchFile(await written(bytes));
    expect(found).toEqual({ kind: 'refused', reason: expect.stringContaining(reason) as string });
  });

  it('so is what is no file', async () => {
    expect(await matchFile(join(folder, 'nowhere.csv'))).toMatchObject({ kind: 'refused' });
    expect(await matchFile(folder)).toMatchObject({ kind: 'refused' });
  });
});
