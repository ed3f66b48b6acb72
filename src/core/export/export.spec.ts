import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { exportEvents, isExport, readExportLine } from '../import/export-json.js';
import { nameOfParts, nameOfWhole } from '../import/names.js';
import type { Candidate } from '../import/records.js';
import { planTable, readRow } from '../import/table.js';
import { readCard, splitCards } from '../import/vcard.js';
import { cleanText, oneLine } from '../text.js';
import { csvCell } from './csv.js';
import type { ExportedContact } from './exported.js';
import { writeExportLine } from './json.js';
import { foldLine, writeCard } from './vcard.js';
import { writerOf } from './writer.js';

const contact = (over: Partial<ExportedContact> = {}): ExportedContact => ({
  id: '018f0000-0000-7000-8000-000000000001',
  name: { full: 'Jane Doe', given: 'Jane', family: 'Doe' },
  emails: ['jane@example.com'],
  phones: [],
  linkedin: [],
  circle: 'wide',
  encounters: [],
  ...over,
});

const FRAME = { emails: 1, phones: 1 };
function table(contacts: readonly ExportedContact[], frame = FRAME): string {
  const writer = writerOf('csv');
  return (
    writer.head(frame) + contacts.map((one, index) => writer.contact(one, index)).join('') + writer.end()
  );
}

/** The candidate that our own table reader makes of the first contact. */
function throughCsv(one: ExportedContact): Candidate {
  const [header = [], row = []] = parse(table([one], { emails: one.emails.length, phones: one.phones.length }), { bom: true }); // prettier-ignore
  const planning = planTable([header, row]);
  if (planning.kind !== 'plan') throw new Error(planning.reason);
  const reading = readRow(planning.plan, row);
  if (reading.kind !== 'person') throw new Error(reading.reason);
  return reading.candidate;
}

function throughCard(one: ExportedContact): Candidate {
  const cards = splitCards(writeCard(one) + writeCard(contact()));
  expect(cards).toHaveLength(2);
  const reading = readCard(cards[0]!.text);
  if (reading.kind !== 'person') throw new Error(reading.reason);
  return reading.candidate;
}

function throughJson(one: ExportedContact): Candidate {
  const line = writeExportLine(one);
  expect(line).not.toContain('\n');
  const reading = readExportLine(`${line},`);
  if (reading?.kind !== 'person') throw new Error(reading?.reason);
  return reading.candidate;
}

/** What breaks files: separators, quotes, escapes, formulas, line ends, other scripts and directions. */
const piece = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
  fc.constantFrom('"', ',', ';', '\\', '\\n', '\\;', "'", '=1+1', '+49', '-', '@SUM(A1)', '\t', ':', '::', 'BEGIN:VCARD', 'END:VCARD', '😀👩‍👩‍👧', 'שלום', 'ش', '=HYPERLINK("x")', '{"followthrough":1', '"]}', '=3D', 'x'.repeat(80)), // prettier-ignore
);
const written = (between: string) =>
  fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => pieces.join(between));
/** Words that a cell uses to say that there is nothing are nothing in a table. */
const isSaying = (text: string): boolean =>
  text !== '' && !/^(?:-+|–|—|n\/?a|none|null|nil|undefined|unknown|k\.?\s?a\.?|keine|\.|\?+)$/i.test(text);
const lineOf = written(' ').map((text) => oneLine(text).trim()).filter(isSaying); // prettier-ignore
const notesOf = fc.oneof(written('\n'), written(' ')).map((text) => cleanText(text).trim()).filter(isSaying); // prettier-ignore

const names = fc.oneof(
  fc.constant({ full: '' }),
  fc
    .record({
      given: fc.constantFrom('Jane', 'Zoë', 'Łukasz', 'Мария', 'محمد', 'O’Neil'),
      family: fc.constantFrom('Doe', 'Nguyễn', 'Østergård', 'Иванова', 'van Dijk', "D'Arcy"),
      suffix: fc.constantFrom('', 'PhD'),
      prefix: fc.constantFrom('', 'Dr.'),
    })
    .map((parts) => nameOfParts(parts)),
  fc.constantFrom('Wang Fang', 'Prince', '王芳', 'Jane "JJ" Doe', 'Anne; Marie, Sonn', '=Jane Doe', '-Jane, Doe').map(nameOfWhole), // prettier-ignore
);

const people = fc
  .record(
    {
      name: names,
      emails: fc.uniqueArray(fc.constantFrom('jane@example.com', 'J.Doe+x@example.org', "o'neil@example.net", '=x@example.com', '-y@example.com', 'zoë@example.org'), { minLength: 1, maxLength: 5 }), // prettier-ignore
      phones: fc.uniqueArray(fc.constantFrom('+493012345678', '+12025550123', 'desk 0000 0007'), {
        maxLength: 3,
      }),
      linkedin: fc.uniqueArray(fc.constantFrom('jane-doe', 'zoë-østergård', 'a%b', '王芳-1'), {
        maxLength: 1,
      }),
      company: lineOf,
      title: lineOf,
      city: lineOf,
      country: fc.constantFrom('Germany', 'Côte d’Ivoire', 'Nowhere, or; so'),
      birthday: fc.constantFrom('1990-03-15', '--03-15', '--02-29', '2000-02-29'),
      language: fc.constantFrom('de', 'de-CH', 'en'),
      zone: fc.constantFrom('Europe/Berlin', 'America/Argentina/Buenos_Aires'),
      notes: notesOf,
    },
    { requiredKeys: ['name', 'emails', 'phones', 'linkedin'] },
  )
  .map((given) => contact(given));

/** What every format carries. */
function carried({ id, name, emails, phones, linkedin, ...rest }: ExportedContact): Candidate {
  const fields = ['company', 'title', 'city', 'country', 'birthday', 'language', 'zone', 'notes'] as const;
  const said = Object.fromEntries(fields.flatMap((field) => (rest[field] === undefined ? [] : [[field, rest[field]]]))); // prettier-ignore
  return {
    contactId: id,
    name,
    emails,
    phones,
    ...(linkedin[0] !== undefined && { linkedin: linkedin[0] }),
    ...said,
  };
}

describe('what goes out comes back in', () => {
  it('as a table', () => {
    fc.assert(
      fc.property(people, (one) => expect(throughCsv(one)).toEqual(carried(one))),
      { numRuns: 300 },
    );
  });

  it('as a card, also where a line would be folded before what ends a card', () => {
    const city = '¡ࠀ𐀀𐀀 𐀀𐀀ࠀ 𐀀𝅗𝅥𐀀 !𝆹𝅥ୟ𐀀 ࠀ𐀀 END:VCARD';
    expect(throughCard(contact({ city })).city).toBe(city);
  });

  it('as a card', () => {
    fc.assert(
      fc.property(people, (one) => expect(throughCard(one)).toEqual(carried(one))),
      { numRuns: 300 },
    );
  });

  it('as JSON', () => {
    fc.assert(
      fc.property(people, (one) => expect(throughJson(one)).toEqual(carried(one))),
      { numRuns: 300 },
    );
  });

  it('as JSON with what only it carries', () => {
    const one = contact({
      form: 'formal',
      consent: true,
      origin: 'Referral, "warm"',
      priority: 'hot',
      encounters: [
        {
          event: 'DevConf',
          startsOn: '2026-11-18',
          endsOn: '2026-11-20',
          zone: 'Europe/Berlin',
          kind: 'attended',
        },
        {
          event: 'Quay Summit',
          startsOn: '2025-05-02',
          endsOn: '2025-05-02',
          zone: 'Europe/London',
          kind: 'met',
          at: '2025-05-02T10:00:00.000Z',
        },
      ],
    });
    expect(throughJson(one)).toEqual({
      ...carried(one),
      form: 'formal',
      consent: true,
      origin: 'Referral, "warm"',
      priority: 'hot',
      encounters: one.encounters,
    });
    // A stop that is lost on the way would be a mail to somebody who wants none.
    expect(throughJson(contact({ doNotContactAt: '2026-11-23T09:00:00.000Z' })).consent).toBe(false);
  });
});

describe('a table', () => {
  it('holds no formula, and keeps apostrophes that were there', () => {
    for (const text of ['=1+1', '+49 30', '-1', '@x', "'=1", "''+1", '\tx', '\rx']) {
      expect(csvCell(text).replace(/^"/, '')).toMatch(/^'/);
    }
    expect(csvCell("'tis")).toBe("'tis");
    expect(csvCell("'=1")).toBe("''=1");
    const cells = parse(table([contact({ company: '=cmd|x', notes: '@SUM(1)\n=2', title: '+1' })]), { bom: true, from: 2 }).flat(); // prettier-ignore
    expect(cells.filter((cell) => /^[=+\-@]/.test(cell))).toEqual([]);
  });

  it('has as many columns of addresses as are needed, nine at most, and loses none', () => {
    const emails = Array.from({ length: 12 }, (_, index) => `jane${index}@example.com`);
    expect(throughCsv(contact({ emails })).emails).toEqual(emails);
    expect(table([contact()])).toMatch(/^\ufeffID,Name,[^\r\n]*E-mail 1 - Value,Phone 1 - Value,[^\r\n]*\r\n[^\r\n]*\r\n$/); // prettier-ignore
  });
});

describe('a card', () => {
  it('is folded at 75 octets and splits no character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        const line = `NOTE:${text.replace(/[\r\n]/g, '')}`;
        const folded = foldLine(line);
        for (const one of folded.split('\r\n')) expect(Buffer.byteLength(one)).toBeLessThanOrEqual(76);
        expect(folded.replaceAll('\r\n ', '')).toBe(`${line}\r\n`);
      }),
    );
    expect(Math.max(...foldLine('x'.repeat(300)).split('\r\n').map((one) => Buffer.byteLength(one)))).toBe(75); // prettier-ignore
  });

  it('cannot be ended or added to from within', () => {
    for (const pad of Array.from({ length: 90 }, (_, index) => 'x'.repeat(index))) {
      const notes = `${pad}END:VCARD\r\nEMAIL:evil@example.net\u2028EMAIL:evil@example.net`;
      const card = writeCard(contact({ notes, company: `${pad}\r\nEMAIL:evil@example.net` }));
      expect(card.split('\r\n').filter((one) => one.trim() === 'END:VCARD')).toHaveLength(1);
      expect(throughCard(contact({ notes })).emails).toEqual(['jane@example.com']);
    }
    const evil = { 'name': { full: 'A\r\nEMAIL:evil@example.net' }, linkedin: ['x\r\nEMAIL:evil@example.net'] }; // prettier-ignore
    expect(throughCard(contact(evil)).emails).toEqual(['jane@example.com']);
  });
});

describe('the JSON document', () => {
  const writer = writerOf('json');
  const document = writer.head(FRAME) + writer.contact(contact(), 0) + writer.contact(contact({ notes: '"]}' }), 1) + writer.end(); // prettier-ignore
  const lines = document.split('\n');

  it('is whole, and known by its head', () => {
    expect((JSON.parse(document) as { contacts: unknown[] }).contacts).toHaveLength(2);
    expect(isExport(document.slice(0, 40))).toBe(true);
    expect(isExport(`\ufeff ${document}`)).toBe(true); // prettier-ignore
    expect(isExport('{"contacts": [{"followthrough": 1}]}')).toBe(false);
    expect(isExport('')).toBe(false);
    expect(exportEvents(lines[0]!)).toEqual([]);
    const event = { name: 'DevConf 2026', startsOn: '2026-11-18', endsOn: '2026-11-20' };
    expect(exportEvents(`{"followthrough": 1, "events": [${JSON.stringify(event)}], "contacts": [`)).toEqual([
      event,
    ]);
  });

  it('is read line by line: its frame says nobody', () => {
    expect(lines.map((one) => readExportLine(one)?.kind ?? null)).toEqual([null, 'person', 'person', null, null]); // prettier-ignore
    expect(readExportLine('{"followthrough": 1, "contacts": [')).toBeNull();
    expect(readExportLine(']}')).toBeNull();
  });

  it('of another version, or changed by hand, is refused with the place', () => {
    const line = (over: object): string => JSON.stringify({ ...contact(), ...over });
    for (const [said, text] of [
      ['bring this one up to date', '{"followthrough": 2, "contacts": ['],
      ['is no JSON', '{"id": '],
      ['emails.0: is no e-mail address', line({ emails: ['jane@'] })],
      ['birthday', line({ birthday: '1990-02-30' })],
      ['name.full', line({ name: {} })],
      ['shoeSize', line({ shoeSize: 43 })],
      ['neither a name', line({ name: { full: '' }, emails: [] })],
      ['linkedin.0', line({ linkedin: ['https://example.com/in/jane'] })],
      ['zone', line({ zone: '+02:00' })],
    ]) {
      expect(readExportLine(text!)).toEqual({
        kind: 'rejected',
        reason: expect.stringContaining(said!) as string,
      });
    }
    const dirty = readExportLine(line({ company: 'A\u0000B\ud800\nC' }));
    expect(dirty).toMatchObject({ candidate: { company: 'AB C' } });
  });

  it('throws at nothing', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => { readExportLine(text); exportEvents(text); isExport(text); })); // prettier-ignore
  });
});
