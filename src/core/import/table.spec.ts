import fc from 'fast-check';
import type { Candidate, Reading, TablePlan } from './records.js';
import {
  asksOf,
  dateColumns,
  DateOrders,
  decideDateOrder,
  planTable,
  readRow,
  type PlanOptions,
} from './table.js';

function planned(head: string[][], options?: PlanOptions): TablePlan {
  const planning = planTable(head, options);
  if (planning.kind !== 'plan') throw new Error(planning.reason);
  return planning.plan;
}

function person(reading: Reading): Candidate {
  if (reading.kind !== 'person') throw new Error(`${reading.kind}: ${reading.reason}`);
  return reading.candidate;
}

const rows = (text: string, delimiter = ','): string[][] =>
  text.split('\n').map((line) => line.split(delimiter));
const LINKEDIN = 'First Name,Last Name,URL,Email Address,Company,Position,Connected On';
const LINKEDIN_ROW =
  'Mira,Okafor,https://www.linkedin.com/in/Mira-Okafor-12?trk=x,,Northwind,Head of Data,19 Nov 2026';

describe('the header is found by what it says', () => {
  it.each([
    [
      'the preamble of today',
      ['Notes:', 'When exporting your connection data you may notice; see https://example.com', '', LINKEDIN],
    ],
    ['a title above the preamble', ['Connections', 'Notes:', 'Some notice', '', LINKEDIN]],
    ['no preamble', [LINKEDIN]],
    ['a byte order mark', [`\ufeff${LINKEDIN}`]],
  ])('LinkedIn with %s', (_story, lines) => {
    const plan = planned(rows([...lines, LINKEDIN_ROW].join('\n')));
    expect(plan).toMatchObject({ format: 'linkedin-connections', headerIndex: lines.length - 1 });
    expect(plan.why).toContain('Connected On');
    expect(person(readRow(plan, LINKEDIN_ROW.split(',')))).toEqual({
      name: { full: 'Mira Okafor', given: 'Mira', family: 'Okafor' },
      emails: [],
      phones: [],
      linkedin: 'mira-okafor-12',
      company: 'Northwind',
      title: 'Head of Data',
      sign: { kind: 'connection', at: '2026-11-19' },
    });
  });

  it('LinkedIn in German, and an old file without URL', () => {
    const german = planned(
      rows(
        'Vorname,Nachname,URL,E-Mail-Adresse,Unternehmen,Position,Verbunden am\nJörg,Weiß,,joerg@example.org,Nord,Leiter,3. März 2026',
      ),
    );
    expect(german.format).toBe('linkedin-connections');
    const jörg = person(
      readRow(german, ['Jörg', 'Weiß', '', 'joerg@example.org', 'Nord', 'Leiter', '3. März 2026']),
    );
    expect(jörg).toMatchObject({
      emails: ['joerg@example.org'],
      sign: { kind: 'connection', at: '2026-03-03' },
    });
    expect(planned(rows('First Name,Last Name,Email Address,Company,Position,Connected On')).format).toBe(
      'linkedin-connections',
    );
  });

  it('a badge scanner with empty header cells', () => {
    const header =
      'First Name,Last Name,Title,Company,Email,,Phone,,,City,Country,,Interaction Type,,Date,,Assigned Rep';
    const plan = planned(
      rows(
        `${header}\nAda,Nwosu,CTO,Lumen,ada@example.com,,+1 415 555 2671,,,Oslo,Norway,,Badge scanning,,1-1-24 12:00 PM,,Sam`,
      ),
    );
    expect(plan.format).toBe('badge-scan');
    const cells =
      'Ada,Nwosu,CTO,Lumen,ada@example.com,,+1 415 555 2671,,,Oslo,Norway,,Badge scanning,,1-1-24 12:00 PM,,Sam'.split(
        ',',
      );
    expect(person(readRow(plan, cells))).toEqual({
      name: { full: 'Ada Nwosu', given: 'Ada', family: 'Nwosu' },
      emails: ['ada@example.com'],
      phones: ['+14155552671'],
      company: 'Lumen',
      title: 'CTO',
      city: 'Oslo',
      country: 'Norway',
      origin: 'Badge scanning',
      sign: { kind: 'scan', at: '2024-01-01' },
    });
    cells[12] = 'Request';
    expect(person(readRow(plan, cells)).sign?.kind).toBe('listed');
  });

  it('an attendee list makes no meeting: who declined is left out, who never checked in has no sign', () => {
    const header = 'api_id,name,first_name,last_name,email,created_at,approval_status,checked_in_at';
    const came =
      'g1,Lea Roth,Lea,Roth,lea@example.org,2026-10-01T08:00:00Z,approved,2026-11-18T09:14:05.000Z'.split(
        ',',
      );
    const plan = planned([header.split(','), came]);
    expect(plan.format).toBe('attendee-list');
    expect(person(readRow(plan, came)).sign).toEqual({ kind: 'listed', at: '2026-11-18T09:14:05Z' });
    expect(person(readRow(plan, came.with(7, ''))).sign).toBeUndefined();
    expect(readRow(plan, came.with(6, 'declined')).kind).toBe('ignored');
  });

  it('a door scanner beside tickets is a list, not a meeting', () => {
    expect(planned(rows('Name,Email,Ticket Type,Scan Time')).format).toBe('attendee-list');
    expect(planned(rows('Name,Email,Scan Timestamp (UTC),Scanner,Notes')).format).toBe('badge-scan');
  });

  it('tells Mr from the job, and "Name" beside "Vorname" as the family', () => {
    const outlook = planned(
      rows('First Name,Last Name,Title,E-mail Address,E-mail 2 Address,Job Title,Company\nA,B,,,,,'),
    );
    expect(
      person(readRow(outlook, ['Ines', 'Sol', 'Dr.', 'i@example.com', 'sol@example.net', 'Engineer', 'Ten'])),
    ).toMatchObject({
      name: { full: 'Ines Sol', prefix: 'Dr.' },
      title: 'Engineer',
      emails: ['i@example.com', 'sol@example.net'],
    });
    const german = planned(rows('Name;Vorname;Firma\nKlein;Uta;Nord', ';'));
    expect(person(readRow(german, ['Klein', 'Uta', 'Nord'])).name).toEqual({
      full: 'Uta Klein',
      given: 'Uta',
      family: 'Klein',
    });
    const luma = planned(rows('name,first_name,email\nUta Klein,Uta,uta@example.org'));
    expect(person(readRow(luma, ['Uta Klein', 'Uta', 'uta@example.org'])).name.full).toBe('Uta Klein');
  });

  it('takes no number for a name, no buyer for a guest, and a list of members for no list of guests', () => {
    const eventbrite = planned(
      rows('Order #,First Name,Last Name,Email,Buyer Email,Attendee #,Attendee Status'),
    );
    expect(eventbrite.columns).toEqual({ 1: 'given', 2: 'family', 3: 'email', 6: 'status' });
    expect(eventbrite.format).toBe('attendee-list');
    expect(planned(rows('Name,User ID,Location,Joined Group on,RSVPed Yes,RSVPed No')).format).toBe('table');
  });

  it('reads a scan time as an instant where the header names UTC', () => {
    const plan = planned(rows('Name,Scan Timestamp (UTC),What we spoke about'));
    expect(
      person(readRow(plan, ['Jo Berg', '2026-11-18 16:05', 'Their move to Postgres\nand bees'])),
    ).toMatchObject({
      sign: { kind: 'scan', at: '2026-11-18T16:05:00Z' },
      notes: 'Their move to Postgres\nand bees',
    });
  });
});

describe('what is no table of people is refused with its reason', () => {
  it.each([
    ['an empty file', [], 'empty'],
    ['blank rows', [[''], ['', ' ']], 'empty'],
    ['a sign-in page', [['<!DOCTYPE html><html><head>'], ['<title>Sign in</title>']], 'web page'],
    ['an archive', [['PK\u0003\u0004\u0014\u0000\u0006']], 'binary'],
    ['noise', [['\ufffd\ufffd\u0001abc\u0000\u0002', 'x']], 'binary'],
    ['a vCard', [['BEGIN:VCARD'], ['VERSION:3.0']], 'vCard'],
    [
      'no name and no e-mail',
      [
        ['Company', 'City'],
        ['Lumen', 'Oslo'],
      ],
      '"Company", "City"',
    ],
    [
      'no header',
      [
        ['Oslo', 'Lumen'],
        ['Bergen', 'Ten'],
      ],
      '"Oslo", "Lumen"',
    ],
    ['a million columns', [new Array<string>(1_000_000).fill('x')], '1000000 columns'],
  ])('%s', (_story, head, reason) => {
    const planning = planTable(head);
    expect(planning).toMatchObject({ kind: 'refused', reason: expect.stringContaining(reason) as string });
  });
});

describe('columns are told by what they hold', () => {
  const people = (text: string, delimiter = ','): Candidate[] => {
    const [...all] = rows(text, delimiter);
    const plan = planned(all);
    return all.slice(plan.headerIndex + 1).map((cells) => person(readRow(plan, cells)));
  };

  it('numbers with their country under words nobody knows; no fax, no account', () => {
    const [anna] = people(
      'Name,Büro,Außer Haus,Fax,Number,Phone\nAnna Berg,+49 30 1234567,+49 171 2345678,+49 30 1234568,653377813-7,+49 30 7654321\nTom Ruiz,+49 40 1234567,+49 171 2345679,+49 40 1234568,390551098-7,+49 40 7654321',
    );
    expect(anna?.phones).toEqual(['+49301234567', '+491712345678', '+49307654321']);
  });

  it('addresses under a header that says so, though some repeat', () => {
    const mails = 'ann@example.com tom@example.com tom@example.com eva@example.org tom@example.com'.split(
      ' ',
    );
    const read = people(`Full Name,Campus Email\n${mails.map((mail, n) => `P${'abcde'[n]} Holm,${mail}`).join('\n')}`); // prettier-ignore
    expect(read.map(({ emails }) => emails)).toEqual(mails.map((mail) => [mail]));
  });

  it('names under another word, beside addresses', () => {
    const [anna] = people(
      'Label,Email\nAnna Berg,a@example.com\nTom Ruiz,t@example.com\nEva Holm,e@example.com',
    );
    expect(anna?.name).toEqual({ full: 'Anna Berg', given: 'Anna', family: 'Berg' });
  });

  it('an e-mail column of yes and no is none, and a headline is no form of address', () => {
    const plan = planned(rows(`Name,Email\n${'Anna Berg,yes\n'.repeat(6)}`));
    expect(plan.columns).toEqual({ 0: 'name' });
    const [anna] = people('Full name,Title,Position\nAnna Berg,Head of Bees and Honey at Lumen,Head of Bees');
    expect(anna).toMatchObject({ title: 'Head of Bees' });
    expect(anna?.name.prefix).toBeUndefined();
  });

  it('an address book of names and numbers without a header', () => {
    const read = people('Anna Berg;0301234567\nTom Ruiz;0301234568\nEva Holm;0301234569', ';');
    expect(read).toHaveLength(3);
    expect(read[0]).toMatchObject({ name: { full: 'Anna Berg' }, phones: ['0301234567'] });
    const airports = 'ABE,Lehigh Valley Airport,40.65236,-75.44040\nABI,Abilene Regional Airport,32.41132,-99.68190\nABQ,Albuquerque Sunport,35.04022,-106.60919'; // prettier-ignore
    expect(planTable(rows(airports)).kind).toBe('refused');
  });

  it.each([
    ['US', 'State,Zip', 'LA,70116', '504-621-8927', '+15046218927'],
    ['US', 'State,Zip', 'New Jersey,8816', '(732) 658-3154', '+17326583154'],
    ['CA', 'Province,Postal Code', 'ON,M5V 2T6', '416 555 0123', '+14165550123'],
    ['AU', 'State,Postcode', 'NSW,2000', '02 9374 4000', '+61293744000'],
    ['BR', 'UF,CEP', 'SP,01310-100', '(11) 91234-5678', '+5511912345678'],
  ])('the country by the states: %s', (_country, header, place, phone, e164) => {
    const [anna] = people(`Name,Phone,${header}\nAnna Berg,${phone},${place}`);
    expect(anna?.phones).toEqual([e164]);
  });

  it('no country by states that are those of several, or by another column', () => {
    const [anna] = people('Name,Phone,State\nAnna Berg,504-621-8927,MA');
    expect(anna?.phones).toEqual(['504-621-8927']);
    const [told] = people('Name,Phone,State,Zip,Country\nAnna Berg,030 1234567,CA,70116,Germany');
    expect(told?.phones).toEqual(['+49301234567']);
  });

  it('numbers as messengers write them, and none that may be national', () => {
    const plan = planned(rows('Name,WhatsApp\nAnna Berg,5511912345678'));
    expect(person(readRow(plan, ['Anna Berg', '5511912345678'])).phones).toEqual(['+5511912345678']);
    expect(person(readRow(plan, ['Anna Berg', '15012345678'])).phones).toEqual(['15012345678']);
  });

  it('a comma nobody put in quotes, in the free text at the end', () => {
    const [anna] = people('Name,Email,Message\nAnna Berg,a@example.com,Hello, I need bees, soon');
    expect(anna).toMatchObject({ emails: ['a@example.com'] });
    const slipped = planned(rows('Name,Company,Email,Title\nAnna Berg,Lumen,a@example.com,Head'));
    expect(readRow(slipped, ['Anna Berg', 'Lumen', 'Inc', 'a@example.com', 'Head']).kind).toBe('rejected');
  });

  it('Dutch particles, running numbers and quotes', () => {
    const [jan] = people('Voornaam,Tussenvoegsel,Achternaam\nJan,van der,Berg');
    expect(jan?.name).toEqual({ full: 'Jan van der Berg', given: 'Jan', family: 'van der Berg' });
    expect(people('Name,Email\n"Anna "the bee" Berg",a@example.com')[0]?.name).toMatchObject({
      given: 'Anna',
      family: 'Berg',
    });
    expect(people("Name\n12. Anna Berg\n'Tom Ruiz'").map(({ name }) => name.full)).toEqual([
      'Anna Berg',
      'Tom Ruiz',
    ]);
  });

  it('a log and a list of countries are no tables of people', () => {
    const log = 'id,platform,at,sender\n1,email,2026-11-18 10:00:00,user\n2,sms,2026-11-18 10:01:00,user';
    expect(planTable(rows(log)).kind).toBe('refused');
    const land = planTable(rows('Name,Code\nGermany,DE\nFrance,FR\nNorway,NO'));
    expect(land).toMatchObject({ kind: 'refused', reason: expect.stringContaining('places') as string });
  });
});

describe('rows', () => {
  const plan = planned(rows('Name,E-mail,Company,Phone,Birthday,Language,Country'));
  const read = (...cells: string[]): Reading => readRow(plan, cells);

  it('keeps a wrong address in the notes of somebody who has a name, and says so', () => {
    expect(read('Jo Berg', 'not-an-address', 'Lumen')).toEqual({
      kind: 'person',
      candidate: {
        name: { full: 'Jo Berg', given: 'Jo', family: 'Berg' },
        emails: [],
        phones: [],
        company: 'Lumen',
        notes: 'E-mail as the table has it: not-an-address',
      },
      remark: '"E-mail" holds "not-an-address", which is no e-mail address: kept in the notes',
    });
    expect(person(read('Jo Berg', 'jo@example.com, ann@@example.com')).emails).toEqual([]);
    expect(person(read('Jo Berg', 'j****@example.com')).emails).toEqual([]);
  });

  it('rejects a wrong address of nobody, with the column and the value', () => {
    expect(read('', 'not-an-address', 'Lumen')).toEqual({
      kind: 'rejected',
      reason: '"E-mail" holds "not-an-address", which is no e-mail address',
    });
  });

  it('takes the good one of two columns beside the wrong other', () => {
    const two = planned(rows('Name,Email,Email 2,Notes'));
    const reading = readRow(two, ['Jo Berg', 'jo@example.com', '030 123456', 'met at lunch']);
    expect(person(reading)).toMatchObject({
      emails: ['jo@example.com'],
      notes: 'met at lunch\nE-mail as the table has it: 030 123456',
    });
  });

  it('takes several addresses, mailto:, names around them and remarks beside them', () => {
    expect(person(read('Jo', 'mailto:Jo@example.com; jb@example.net ::: JO@EXAMPLE.COM')).emails).toEqual([
      'Jo@example.com',
      'jb@example.net',
    ]);
    expect(person(read('Jo', '"Berg, Jo" <jo@example.com>')).emails).toEqual(['jo@example.com']);
    expect(person(read('Jo', 'jo@example.com (private)')).emails).toEqual(['jo@example.com']);
    expect(person(read('Jo', 'jo＠example.com')).emails).toEqual(['jo@example.com']);
    expect(person(read('Jo', 'n/a')).emails).toEqual([]);
  });

  it('rejects nobody at all, too many cells, and a slipped quote', () => {
    expect(read('', '', 'Lumen')).toEqual({
      kind: 'rejected',
      reason: 'has neither a name nor an e-mail address',
    });
    expect(read('Jo', '', '', '', '', '', '', '', 'x')).toEqual({
      kind: 'rejected',
      reason: 'has 9 cells where the header has 7',
    });
    expect(person(read('Jo', '', '', '', '', '', '', '', '')).name.full).toBe('Jo');
    expect(person(read('Jo')).name.full).toBe('Jo');
    expect(read('x'.repeat(1_000_000))).toEqual({
      kind: 'rejected',
      reason: '"Name" holds 1000000 characters, more than 2000',
    });
  });

  it('ignores what is no person', () => {
    expect(read('', ' ', '')).toEqual({ kind: 'ignored', reason: 'a blank row' });
    expect(read('Total: 120')).toEqual({ kind: 'ignored', reason: 'a total under the table' });
    expect(read('Total', '', '120').kind).toBe('ignored');
    expect(read('Exported by the organiser on the last day').kind).toBe('ignored');
    expect(read('Name', 'E-mail', 'Company', 'Phone', 'Birthday', 'Language', 'Country').kind).toBe(
      'ignored',
    );
    const linkedin = planned([LINKEDIN.split(',')]);
    expect(readRow(linkedin, ['LinkedIn', 'Member', '', '', '', '', '']).kind).toBe('ignored');
  });

  it('turns "Doe, Jane" and takes an address for no name', () => {
    expect(person(read('Doe, Jane')).name).toEqual({ full: 'Jane Doe', given: 'Jane', family: 'Doe' });
    expect(person(read('jane@example.com'))).toMatchObject({
      name: { full: '' },
      emails: ['jane@example.com'],
    });
  });

  it('reads phones by the country, languages by tag or name, and leaves out what it cannot tell', () => {
    expect(
      person(read('Jo', '', '', '030 1234567 ::: ext.', '1990-03-15', 'Deutsch', 'Germany')),
    ).toMatchObject({
      phones: ['+49301234567'],
      birthday: '1990-03-15',
      language: 'de',
      country: 'Germany',
    });
    expect(person(read('Jo', '', '', '555 0199', '03/04/1990', 'yes', ''))).toEqual({
      name: { full: 'Jo' },
      emails: [],
      phones: ['555 0199'],
    });
  });

  it('decides dates from the whole column, never from one guess', () => {
    expect(decideDateOrder(['03/04/2026', '11/29/24 22:28'])).toBe(true);
    expect(decideDateOrder(['03/04/2026', '29/11/2024'])).toBe(false);
    expect(decideDateOrder(['03/04/2026', '2026-11-29'])).toBeNull();
    expect(decideDateOrder(['29/11/2024', '11/29/2024'])).toBeNull();
    const monthFirst = planned(rows('Name,Birthday\nJo Berg,03/04/1990\nAnn Lee,12/31/1980'));
    expect(dateColumns(monthFirst)).toEqual([1]);
    expect(person(readRow(monthFirst, ['Jo Berg', '03/04/1990'])).birthday).toBe('1990-03-04');
  });

  it('asks about dates that stay open, and decides columns apart that contradict each other', () => {
    const open = planned(rows('Name,Birthday\nJo Berg,03/04/1990'));
    expect(open.monthFirst).toBeNull();
    expect(asksOf(open, [['Jo Berg', '03/04/1990']])).toEqual([
      '03/04/1990 in "Birthday" may be 3 April or 4 March; such dates are left out: say --dates day-first or --dates month-first',
    ]);
    expect(asksOf(open, [['Jo Berg', '03/04/1990'], ['Ann Lee', '31/12/1980']])).toEqual([]); // prettier-ignore

    const two = planned(
      rows('Name,Birthday,Scan Time\nJo Berg,31/12/1990,11/18/2026\nAnn Lee,03/04/1990,03/04/2026'),
    );
    expect(two).toMatchObject({ monthFirst: null, monthFirstOf: { 1: false, 2: true } });
    expect(person(readRow(two, ['Ann Lee', '03/04/1990', '03/04/2026']))).toMatchObject({
      birthday: '1990-04-03',
      sign: { at: '2026-03-04' },
    });
  });

  it('knows when reading on changes nothing', () => {
    const plan = planned(rows('Name,Connected On,First Name,Last Name'));
    const orders = new DateOrders(plan);
    expect(orders.isSettled).toBe(false);
    for (let count = 0; count < 50; count++) orders.add(['', '27 Mar 2026', '', '']);
    expect(orders.isSettled).toBe(true);
    expect(orders.end()).toMatchObject({ monthFirst: null });
  });

  it('never throws, whatever the cells hold', () => {
    const odd = fc.constantFrom(
      '\u0000',
      '\ud800',
      '"',
      '=1+1',
      'a@',
      '<@>',
      '::: :::',
      '--0230',
      '%E0%A4%A',
    );
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      odd,
      fc.tuple(fc.string(), odd).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(fc.array(fc.array(cell, { maxLength: 9 }), { maxLength: 6 }), (table) => {
        const planning = planTable(table);
        const plans = planning.kind === 'plan' ? [plan, planning.plan] : [plan];
        for (const each of plans) {
          for (const row of table) {
            const reading = readRow(each, row);
            const why = reading.kind === 'person' ? (reading.remark ?? '') : reading.reason;
            // eslint-disable-next-line no-control-regex
            expect(why).not.toMatch(/\u0000|\p{Cs}/u);
            expect(JSON.stringify(reading)).not.toMatch(/\\u0000|\\ud[89a-f]/);
          }
        }
      }),
      { numRuns: 500 },
    );
    const header =
      'name,given name,family name,email,company,title,city,country,phone,birthday,notes,linkedin,url,connected on,scan time,interaction type,checked in,rsvp,language,time zone,salutation,suffix,middle name'.split(
        ',',
      );
    const wide = planned([header]);
    fc.assert(
      fc.property(
        fc.array(cell, { minLength: header.length, maxLength: header.length }),
        (row) => void readRow(wide, row),
      ),
      { numRuns: 1_000 },
    );
    for (const piece of ['a', 'a@', ' ', '<', '\u0000', '\ud83d', 'a, ', '1/1/', '%']) {
      const mega = new Array<string>(header.length).fill(piece.repeat(1_000_000 / piece.length));
      expect(['rejected', 'ignored']).toContain(readRow(wide, mega).kind);
      for (const index of header.keys())
        readRow(
          wide,
          new Array<string>(header.length).fill('').with(index, piece.repeat(1_990 / piece.length)),
        );
    }
  });
});
