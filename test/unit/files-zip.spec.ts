import { randomFillSync } from 'node:crypto';
import { memorySource } from '../../src/files/source-bytes.js';
import { MAX_ENTRIES, openZip } from '../../src/files/zip.js';
import { namesOf, reading, walked, workbookOf, textRow, zipOf, type Member } from './files-fixtures.js';
import { readAll } from '../../src/files/walk-files.js';

const PEOPLE = 'First Name,Last Name,Email\nAda,L,ada@example.com\n';
const csv = (name: string): Member => ({ name, content: PEOPLE });
const inZip = (bytes: Uint8Array) => walked(memorySource('data.zip', bytes));

describe('an archive', () => {
  it('is walked, junk passed over and counted, names told as the owner knows them', async () => {
    const bytes = zipOf([
      { name: 'deep/', content: '' },
      csv('deep/Leads.csv'),
      csv('Kontakte – Übersicht.csv'),
      csv('Leads.csv'),
      csv('Leads.csv'),
      { name: '__MACOSX/._Leads.csv', content: 'x' },
      { name: 'deep/.DS_Store', content: 'x' },
      { name: 'Thumbs.db', content: 'x' },
    ]);
    expect(await reading(bytes)).toMatchObject({ kind: 'archive', why: 'a ZIP archive of 4 files; 3 files of the system\'s own in it passed over' }); // prettier-ignore
    expect((await inZip(bytes)).map(([name, kind]) => `${name} ${kind}`)).toEqual([
      'data.zip archive',
      'data.zip/deep/Leads.csv people',
      'data.zip/Kontakte – Übersicht.csv people',
      'data.zip/Leads.csv people',
      'data.zip/Leads.csv people',
    ]);
  });

  it("LinkedIn's export is called by its name", async () => {
    const bytes = zipOf([csv('Export/Connections.csv'), csv('Export/messages.csv')]);
    expect(await reading(bytes)).toMatchObject({ why: "LinkedIn's data export, a ZIP archive of 2 files" });
  });

  it('its members are inflated anew at each reading, as a stream', async () => {
    const big = `${PEOPLE}${Array.from({ length: 50_000 }, (_, n) => `G${n},F${n},p${n}@example.com`).join('\n')}\n`;
    const counts: number[] = [];
    for await (const { reading: found } of readAll(
      memorySource('data.zip', zipOf([{ name: 'big.csv', content: big }])),
    )) {
      if (found.kind !== 'people') continue;
      for (const names of [await namesOf(found), await namesOf(found)]) counts.push(names.length);
    }
    expect(counts).toEqual([50_001, 50_001]);
  });

  it('one bad member does not lose the others', async () => {
    const bytes = zipOf([
      csv('a.csv'),
      { name: '../../etc/passwd.csv', content: PEOPLE },
      { name: '/abs.csv', content: PEOPLE },
      { name: 'C:\\x\\..\\b.csv', content: PEOPLE },
      { name: 'secret.csv', content: PEOPLE, flags: 0x801 },
      { name: 'odd.csv', content: PEOPLE, method: 12 },
      { name: 'short.csv', content: PEOPLE, announced: PEOPLE.length + 5 },
      { name: 'lying.csv', content: PEOPLE.repeat(1_000), announced: 40 },
      csv('folder\\z.csv'),
    ]);
    const seen = Object.fromEntries(await inZip(bytes));
    expect(seen).toMatchObject({
      'data.zip/a.csv': 'people',
      'data.zip/../../etc/passwd.csv': expect.stringContaining('outside the archive') as string,
      'data.zip//abs.csv': expect.stringContaining('outside the archive') as string,
      'data.zip/C:/x/../b.csv': expect.stringContaining('outside the archive') as string,
      'data.zip/secret.csv': expect.stringContaining('password') as string,
      'data.zip/odd.csv': expect.stringContaining('method 12') as string,
      'data.zip/short.csv': expect.stringContaining('damaged') as string,
      'data.zip/lying.csv': expect.stringContaining('more than the archive announces') as string,
      'data.zip/folder/z.csv': 'people',
    });
  });

  it('a changed byte is found by the checksum', async () => {
    const bytes = zipOf([{ ...csv('a.csv'), isStored: true }, csv('b.csv')]);
    bytes[bytes.indexOf('ada@')] = 0x62;
    expect(Object.fromEntries(await inZip(bytes))).toMatchObject({
      'data.zip/a.csv': expect.stringContaining('checksum') as string,
      'data.zip/b.csv': 'people',
    });
  });

  it('cut off anywhere, or with bytes changed anywhere, it is refused or read, and never throws', async () => {
    const bytes = zipOf([csv('a.csv'), csv('b.csv')]);
    for (let cut = 4; cut < bytes.length; cut += 7) {
      expect(await reading(bytes.subarray(0, cut))).toMatchObject({ kind: 'refused' });
    }
    for (let at = 4; at < bytes.length; at += 5) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 0xff;
      await inZip(changed);
    }
  });

  describe('that is a bomb is refused', () => {
    const zeros = Buffer.alloc(50 * 1024 * 1024);

    it('by its ratio, the others beside it read', async () => {
      const bytes = zipOf([{ name: 'zeros.csv', content: zeros }]);
      expect(await reading(bytes)).toMatchObject({
        kind: 'refused',
        reason: expect.stringContaining('times its size') as string,
      });
      const among = zipOf([{ name: 'zeros.csv', content: zeros }, { name: 'noise.bin', content: noise(2_000_000), isStored: true }, csv('a.csv')]); // prettier-ignore
      expect(Object.fromEntries(await inZip(among))).toMatchObject({
        'data.zip/zeros.csv': expect.stringContaining('times its size') as string,
        'data.zip/a.csv': 'people',
      });
    });

    it('by the sizes it announces, of one file and of all', async () => {
      const large = { name: 'a', content: 'x', announced: 600 * 1024 * 1024 };
      const filler = { name: 'noise.bin', content: noise(12_000_000), isStored: true };
      expect(Object.fromEntries(await inZip(zipOf([large, filler])))).toMatchObject({
        'data.zip/a': expect.stringContaining('would unpack to 600 MB') as string,
      });
      const many = Array.from({ length: 5 }, (_, n) => ({
        name: `${n}`,
        content: 'x',
        announced: 500 * 1024 * 1024,
      }));
      expect(await reading(zipOf([...many, filler]))).toMatchObject({ kind: 'refused', reason: expect.stringContaining('would unpack to 2,5') as string }); // prettier-ignore
    });

    it('by the number of its files, be it two billion', async () => {
      const announced = await reading(zipOf([csv('a.csv')], { count: 2_000_000_000, zip64: true }));
      expect(announced).toMatchObject({
        kind: 'refused',
        reason: expect.stringContaining('2,000,000,000 files') as string,
      });
      const many = Array.from({ length: MAX_ENTRIES + 1 }, (_, n) => ({ name: `${n}.csv`, content: 'x' }));
      expect(await reading(zipOf(many))).toMatchObject({ kind: 'refused' });
    });

    it('by what many small archives in it unpack to together', async () => {
      const nested = Array.from({ length: 8 }, (_, n) => ({
        name: `${n}.zip`,
        isStored: true,
        content: zipOf([{ name: 'a', content: 'x', announced: 400 * 1024 * 1024 }, { name: 'n', content: noise(2_200_000), isStored: true }]), // prettier-ignore
      }));
      const seen = await inZip(zipOf(nested));
      expect(seen.at(-1)?.[1]).toContain('together with the archives beside it');
    });
  });

  it('an archive in an archive is looked into, and no deeper', async () => {
    const inner = zipOf([csv('in.csv')]);
    const twice = zipOf([{ name: 'inner.zip', content: inner }]);
    expect((await inZip(twice)).at(-1)).toEqual(['data.zip/inner.zip/in.csv', 'people']);
    const thrice = zipOf([{ name: 'outer.zip', content: twice }]);
    expect((await inZip(thrice)).at(-1)?.[1]).toContain('unpack it once');
    const book = workbookOf({
      Leads: textRow(1, ['First Name', 'Email']) + textRow(2, ['Ada', 'ada@example.com']),
    });
    expect((await inZip(zipOf([{ name: 'leads.xlsx', content: book }]))).at(-1)).toEqual([
      'data.zip/leads.xlsx',
      'people',
    ]);
  });

  it('a lost database is an error, and not a damaged archive', async () => {
    const bytes = zipOf([csv('a.csv')]);
    const source = {
      ...memorySource('data.zip', bytes),
      readAt: () => Promise.reject(new Error('connection lost')),
    };
    await expect(openZip(source)).rejects.toThrow('connection lost');
  });
});

/** What cannot be packed. */
function noise(length: number): Buffer {
  return randomFillSync(Buffer.alloc(length));
}
