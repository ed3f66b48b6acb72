import type { FileReading, FileSource } from '../../src/files/file-reading.js';
import { readFile } from '../../src/files/read-file.js';
import { namesOf, peopleOf, reading } from './files-fixtures.js';

const HEADER = 'First Name,Last Name,Email';
const reasonOf = (given: FileReading): string =>
  'reason' in given ? `${given.kind}: ${given.reason}` : given.kind;

/** A file that is made as it is read, so that no test holds what it proves need not be held. */
function made(open: FileSource['open'], bytes: number): FileSource {
  return { name: 'made', bytes, open };
}

describe('a file is known by its content', () => {
  it.each([
    [',', 'comma'],
    [';', 'semicolon'],
    ['\t', 'tab'],
    ['|', 'bar'],
  ])('a table with the delimiter %j', async (delimiter) => {
    const text = `${HEADER.replaceAll(',', delimiter)}\nAda,L,ada@example.com\n`.replaceAll(',', delimiter);
    const found = await reading(text, 'anything.pdf');
    expect(await namesOf(found)).toEqual(['Ada L']);
    expect(found).toMatchObject({
      header: HEADER.replaceAll(',', delimiter),
      confidence: expect.any(Number) as number,
    });
    expect(found).toMatchObject({ columns: [{ header: 'First Name', field: 'given' }, { field: 'family' }, { field: 'email' }] }); // prettier-ignore
  });

  it("Excel's line that names the delimiter is obeyed and is no row", async () => {
    const rows = await peopleOf(
      await reading(`sep=;\r\n${HEADER.replaceAll(',', ';')}\r\nAda, Countess;L;ada@example.com\r\n`),
    );
    expect(rows).toMatchObject([{ line: 3, reading: { candidate: { name: { given: 'Ada, Countess' } } } }]);
  });

  it('cards, also below a comment; a calendar; our own export', async () => {
    const card = 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada L\r\nEMAIL:ada@example.com\r\nEND:VCARD\r\n';
    expect(await namesOf(await reading(card + card.replace('Ada', 'Bob')))).toEqual(['Ada L', 'Bob L']);
    expect(await namesOf(await reading(`# exported\r\n\r\n${card}`))).toEqual(['Ada L']);
    const calendar = await reading(
      'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20260504\r\nDTEND;VALUE=DATE:20260507\r\nSUMMARY:DevConf\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n',
    );
    expect(calendar).toMatchObject({
      kind: 'people',
      format: 'icalendar',
      events: [{ name: 'DevConf', startsOn: '2026-05-04', endsOn: '2026-05-06' }],
    });
    const exported = await reading('{"followthrough": 99, "contacts": [\n{}\n]}\n', 'data.csv');
    expect(exported).toMatchObject({ kind: 'people', format: 'followthrough', confidence: 1 });
    expect((await namesOf(exported))[0]).toContain('another Followthrough');
  });

  it('a folded card whose fold cuts a character in two', async () => {
    const bytes = Buffer.from('BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jos\u00e9 L\r\nEND:VCARD\r\n');
    const cut = bytes.indexOf(0xc3) + 1;
    const folded = Buffer.concat([bytes.subarray(0, cut), Buffer.from('\r\n '), bytes.subarray(cut)]);
    expect(await namesOf(await reading(folded))).toEqual(['José L']);
  });

  it('a recording, a film and notes are kept, by their media type', async () => {
    const box = (brand: string, rest = '') => Buffer.from(`\0\0\0\x18ftyp${brand}\0\0\0\0${rest}`, 'latin1');
    const kinds: [Buffer | string, string][] = [
      [box('M4A '), 'audio/mp4'],
      [box('isom', 'mdia hdlr soun'), 'audio/mp4'],
      [box('mp42', 'hdlr vide hdlr soun'), 'video/mp4'],
      [box('qt  '), 'video/quicktime'],
      [box('3gp4', 'hdlr soun'), 'audio/3gpp'],
      [Buffer.from('ID3\x04\0', 'latin1'), 'audio/mpeg'],
      [Buffer.from([0xff, 0xfb, 0x90, 0x64]), 'audio/mpeg'],
      [Buffer.from('OggS\0\x02OpusHead'), 'audio/ogg'],
      [Buffer.from('RIFF\0\0\0\0WAVEfmt '), 'audio/vnd.wave'],
      [Buffer.from('#!AMR\n'), 'audio/amr'],
      [Buffer.from('caff\0\x01'), 'audio/x-caf'],
      [Buffer.from('\x1a\x45\xdf\xa3 webm A_OPUS', 'latin1'), 'audio/webm'],
      [Buffer.from('\x1a\x45\xdf\xa3 webm V_VP9', 'latin1'), 'video/webm'],
      [box('heic'), 'image/heic'],
      [Buffer.from('RIFF\0\0\0\0WEBPVP8 '), 'image/webp'],
      ['Met Ada at the stand. She wants the paper, by Friday.\n\nAsk Bob, too.', 'text/plain'],
    ];
    for (const [content, mediaType] of kinds) {
      expect(await reading(content, 'x.csv')).toMatchObject({ kind: 'capture', mediaType });
    }
  });

  it.each([
    ['', 'the file is empty'],
    ['\n \n', 'the file is empty'],
    ['%PDF-1.7 ...', 'PDF'],
    ['{\\rtf1 Ada}', 'RTF'],
    ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 workbook', 'save it as .xlsx without a password, or as CSV'],
    ['\x1f\x8b\x08', 'unpack it'],
    ['7z\xbc\xaf\x27\x1c', 'unpack it'],
    ['\0\x01\x02\x03\xff\xfe\0\x01'.repeat(50), 'binary'],
    ['Colour,Taste\nred,sweet\ngreen,sour\nblue,none\n', 'no row is a header'],
    [`${','.repeat(100_000)}\n`, 'all cells of the table are empty'],
    [`Name,${'x,'.repeat(100_000)}\n`, 'columns; more than 2000 are not read'],
    ['<!DOCTYPE html><html><body><form><input type="password"></form>', 'sign in there'],
    ['<html><body>Lunch</body></html>', 'web page'],
    ['{"people": []}', 'JSON of another program'],
    ['[\n  {"name": "Ada"}\n]', 'JSON of another program'],
  ])('what is no file of people is refused with what to do: %#', async (content, reason) => {
    const found = await reading(Buffer.from(content, 'latin1'), 'contacts.csv');
    expect(reasonOf(found)).toMatch(/^refused: /);
    expect(reasonOf(found)).toContain(reason);
  });

  it('a header without rows says so', async () => {
    expect(reasonOf(await reading(`${HEADER}\r\n\r\n`))).toContain('skipped: has a header and no rows');
  });

  it('a table in a web page that a site names .xls', async () => {
    const page = `<html><head><meta charset="utf-8"></head><body><h1>Sign in list</h1><table border=1>
      <tr><th>First Name<th>Last Name</th><th>Email</th></tr>
      <tr><td><b>Ada</b></td><td>L&amp;Co &#233;</td><td>ada@example.com</td></tr></table></body></html>`;
    const found = await reading(page, 'attendees.xls');
    expect(await peopleOf(found)).toMatchObject([
      { line: 2, reading: { candidate: { name: { family: 'L&Co é' }, emails: ['ada@example.com'] } } },
    ]);
  });

  it('NUL bytes in a table cost nothing', async () => {
    expect(await namesOf(await reading(`${HEADER}\nA\0da,L,ada@example.com\n`))).toEqual(['Ada L']);
  });

  it("LinkedIn's messages are read as one row for each person", async () => {
    const me = 'Olga Owner,https://www.linkedin.com/in/olga';
    const other = (n: number) => `Ada ${n},https://www.linkedin.com/in/ada-${n}`;
    const rows = [1, 2, 3].flatMap((n) => [
      `c${n},,${other(n)},${me},2026-07-0${n} 10:00:00 UTC,,Hello there,INBOX,`,
      `c${n},,${me},${other(n)},2026-06-0${n} 10:00:00 UTC,,Hi,INBOX,`,
    ]);
    const header =
      'CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER,ATTACHMENTS';
    const found = await reading([header, ...rows].join('\n'));
    expect(found).toMatchObject({ format: 'linkedin-messages' });
    expect(await peopleOf(found)).toMatchObject(
      [1, 2, 3].map((n) => ({
        line: n * 2,
        reading: { candidate: { linkedin: `ada-${n}`, message: { from: 'them' } } },
      })),
    );
  });

  it('the whole column decides whether the month stands first; what stays open is asked', async () => {
    const rows = (last: string) =>
      Array.from({ length: 4_000 }, () => 'Ada,L,03/04/2026').concat(`Bob,L,${last}`);
    const file = (last: string) => reading(['First Name,Last Name,Scan Time', ...rows(last)].join('\n'));
    const first = async (found: FileReading) => (await peopleOf(found))[0]?.reading;
    expect(await first(await file('12/25/2026'))).toMatchObject({
      candidate: { sign: { at: '2026-03-04' } },
    });
    expect(await first(await file('25/12/2026'))).toMatchObject({
      candidate: { sign: { at: '2026-04-03' } },
    });
    expect(await file('03/04/2026')).toMatchObject({ asks: [expect.stringContaining('03/04/2026')] });
  });
});

describe('memory stays flat', () => {
  it('with one line of 100 MB', async () => {
    const piece = Buffer.from('x'.repeat(1_000_000));
    const source = made(async function* () {
      yield Buffer.from(`${HEADER}\nAda,L,ada@example.com\nBob,`);
      for (let n = 0; n < 100; n += 1) yield piece;
      yield Buffer.from('\nCleo,L,cleo@example.com\n');
      await Promise.resolve();
    }, 100_000_100);
    const before = process.memoryUsage().heapUsed;
    const found = await readFile(source);
    if (found.kind !== 'people') throw new Error('not people');
    const names: string[] = [];
    let peak = 0;
    for await (const { reading: row } of found.rows()) {
      names.push(row.kind === 'person' ? row.candidate.name.full : 'too long');
      peak = Math.max(peak, process.memoryUsage().heapUsed - before);
    }
    expect(names).toEqual(['Ada L', 'too long', 'Cleo L']);
    expect(peak).toBeLessThan(90_000_000);
  });

  it('where a file has no line end at all', async () => {
    const piece = Buffer.from('a,b'.repeat(300_000));
    const source = made(async function* () {
      for (let n = 0; n < 40; n += 1) yield piece;
      await Promise.resolve();
    }, 36_000_000);
    expect(reasonOf(await readFile(source))).toMatch(/^refused/);
  });

  it('an error of the source is no answer about the file', async () => {
    // eslint-disable-next-line @typescript-eslint/require-await, require-yield
    const source = made(async function* () {
      throw new Error('connection lost');
    }, 10);
    await expect(readFile(source)).rejects.toThrow('connection lost');
  });
});
