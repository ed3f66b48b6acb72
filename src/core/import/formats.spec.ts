import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { Conversations } from './messages.js';
import type { TablePlan } from './records.js';
import { planTable, readRow } from './table.js';

const FOLDER = new URL('../../../test/fixtures/tables/', import.meta.url);
const FILES = readdirSync(FOLDER).filter((name) => !name.endsWith('.json'));

function rowsOf(name: string): string[][] {
  const delimiter = name.endsWith('.xls') ? '\t' : name.startsWith('german') ? ';' : ',';
  const text = readFileSync(new URL(name, FOLDER), 'utf8');
  return parse(text, { delimiter, relax_column_count: true, bom: true });
}

function planOf(rows: string[][]): TablePlan {
  const planning = planTable(rows);
  if (planning.kind !== 'plan') throw new Error(planning.reason);
  return planning.plan;
}

function readings(rows: string[][], plan: TablePlan): unknown {
  const body = rows.slice(plan.headerIndex + 1);
  if (plan.format === 'linkedin-messages') {
    const conversations = new Conversations(plan);
    for (const [line, cells] of body.entries()) conversations.add({ line, raw: '', cells });
    const { partners, left } = conversations.end();
    return { partners: partners.map(({ candidate }) => candidate), left };
  }
  return body.map((cells) => {
    const reading = readRow(plan, cells);
    return reading.kind === 'person' ? reading.candidate : `${reading.kind}: ${reading.reason}`;
  });
}

describe('every export people bring home', () => {
  it.each(FILES)('%s', (name) => {
    const rows = rowsOf(name);
    const plan = planOf(rows);
    const expected: unknown = JSON.parse(
      readFileSync(new URL(name.replace(/\.\w+$/, '.json'), FOLDER), 'utf8'),
    );
    const { format, product, why } = plan;
    expect({
      format,
      ...(product !== undefined && { product }),
      why,
      readings: readings(rows, plan),
    }).toEqual(expected);
  });

  // Where the product is told by the order itself, or Outlook calls two columns by one name, the order does matter.
  const ORDERED = new Set(['swapcard.csv', 'talque.csv', 'no-header.csv', 'linkedin-messages.csv']);

  it.each(FILES.filter((name) => !ORDERED.has(name)))('%s, its columns in any order', (name) => {
    const rows = rowsOf(name);
    const plan = planOf(rows);
    const width = plan.header.length;
    const before = readings(rows, plan);
    fc.assert(
      fc.property(fc.shuffledSubarray([...new Array(width).keys()], { minLength: width }), (order) => {
        const shuffled = rows.map((row) => order.map((index) => row[index] ?? ''));
        const other = planOf(shuffled);
        expect(other.format).toBe(plan.format);
        // Addresses and numbers come in the order of their columns.
        expect(sorted(readings(shuffled, other))).toEqual(sorted(before));
      }),
      { numRuns: 15 },
    );
  });
});

/** Without the order of what a row has several of; texts of refusals count columns. */
function sorted(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/^rejected: has \d+ cells.*/, 'rejected: cells');
  if (!Array.isArray(value)) return value;
  return value.map((each: unknown) => {
    if (typeof each !== 'object' || each === null || !('emails' in each) || !('phones' in each)) return each;
    const list = (values: unknown): string[] => (Array.isArray(values) ? values.map(String).sort() : []);
    return { ...each, emails: list(each.emails), phones: list(each.phones) };
  });
}

describe("LinkedIn's other files hold nobody to write to", () => {
  it.each([
    [
      'Profile.csv',
      'First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo Location,Twitter Handles,Websites,Instant Messengers',
    ],
    ['Email Addresses.csv', 'Email Address,Confirmed,Primary,Updated On'],
    ['PhoneNumbers.csv', 'Extension,Number,Type'],
    ['Registration.csv', 'Registered At,Registration Ip,Subscription Types'],
    ['Education.csv', 'School Name,Start Date,End Date,Notes,Degree Name,Activities'],
    ['Positions.csv', 'Company Name,Title,Description,Location,Started On,Finished On'],
    [
      'Endorsement_Received_Info.csv',
      'Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorser Public Url,Endorsement Status',
    ],
    [
      'Learning.csv',
      'Content Title,Content Description,Content Type,Content Last Watched Date (if viewed),Content Completed At (if completed),Content Saved,Notes taken on videos (if taken)',
    ],
    ['Company Follows.csv', 'Organization,Followed On'],
    ['Events.csv', 'Event Name,Event Time,Status,External Url'],
    ['Rich_Media.csv', 'Date/Time,Media Description,Media Link'],
    ['Member_Follows.csv', 'Date,Status,FullName'],
    ['Certifications.csv', 'Name,Url,Authority,Started On,Finished On,License Number'],
    ['Languages.csv', 'Name,Proficiency'],
    [
      'Job Applications.csv',
      'Application Date,Contact Email,Contact Phone Number,Company Name,Job Title,Job Url,Resume Name,Question And Answers',
    ],
    [
      'Verifications.csv',
      'First name,Middle name,Last name,Verification type,Year of birth,Issuing authority',
    ],
  ])('%s', (_name, header) => {
    const row = header.split(',').map((cell) => (/e-?mail/i.test(cell) ? 'ada@example.com' : 'Ada'));
    expect(planTable([header.split(','), row]).kind).toBe('skipped');
  });

  it('Skills.csv is one column called "Name", and so may be a list of people', () => {
    expect(planTable([['Name'], ['Project Management'], ['Java'], ['Public Speaking']]).kind).toBe('skipped');
    expect(planTable([['Name'], ['Mira Okafor'], ['Jörg Weiß']]).kind).toBe('plan');
  });
});

describe('LinkedIn in the languages of its pages', () => {
  it.each([
    ['Vorname,Nachname,URL,E-Mail-Adresse,Unternehmen,Position,Verbunden am', '3. März 2026'],
    ['Prénom,Nom,URL,Adresse e-mail,Entreprise,Poste,Connecté le', '3 mars 2026'],
    ['Nombre,Apellidos,URL,Dirección de correo,Empresa,Cargo,Conectado el', '3 mar. 2026'],
    ['Nome,Sobrenome,URL,Endereço de e-mail,Empresa,Cargo,Conectado em', '3 de março de 2026'],
    ['Nome,Cognome,URL,Indirizzo email,Azienda,Posizione,Collegato il', '3 marzo 2026'],
    ['Voornaam,Achternaam,URL,E-mailadres,Bedrijf,Functie,Verbonden op', '3 maart 2026'],
    ['Förnamn,Efternamn,URL,E-postadress,Företag,Befattning,Ansluten', '3 mars 2026'],
    ['Fornavn,Efternavn,URL,E-mailadresse,Virksomhed,Stilling,Forbundet den', '3. marts 2026'],
    ['Fornavn,Etternavn,URL,E-postadresse,Bedrift,Stilling,Tilknyttet', '3. mars 2026'],
    ['Imię,Nazwisko,URL,Adres e-mail,Firma,Stanowisko,Połączono', '3 mar 2026'],
    ['Jméno,Příjmení,URL,E-mail,Společnost,Pozice,Spojeno dne', '3. března 2026'],
    ['Prenume,Nume,URL,Adresă de e-mail,Companie,Funcție,Conectat pe', '3 martie 2026'],
    ['Ad,Soyad,URL,E-posta Adresi,Şirket,Pozisyon,Bağlantı tarihi', '3 Mart 2026'],
    ['Имя,Фамилия,URL,Адрес эл. почты,Компания,Должность,Дата установления контакта', '3 марта 2026 г.'],
    ['名,姓,URL,メールアドレス,会社,役職,つながった日', '2026年3月3日'],
    ['이름,성,URL,이메일 주소,회사,직책,1촌 맺은 날짜', '2026년 3월 3일'],
    ['名,姓,URL,电子邮箱,公司,职位,建立联系时间', '2026年3月3日'],
    ['Nama Depan,Nama Belakang,URL,Alamat Email,Perusahaan,Jabatan,Terhubung Pada', '3 Maret 2026'],
    // Words nobody has told us: seven columns, profiles in the third, dates in the last.
    ['Aa,Bb,Cc,Dd,Ee,Ff,Gg', '3 Mac 2026'],
  ])('%s', (header, date) => {
    const row = ['Mira', 'Okafor', 'https://www.linkedin.com/in/mira-okafor', '', 'Lumen', 'CTO', date];
    const plan = planOf([header.split(','), row, row.with(2, 'https://www.linkedin.com/in/other')]);
    expect(plan.format).toBe('linkedin-connections');
    const reading = readRow(plan, row);
    expect(reading).toMatchObject({
      kind: 'person',
      candidate: {
        linkedin: 'mira-okafor',
        company: 'Lumen',
        title: 'CTO',
        sign: { kind: 'connection', at: '2026-03-03' },
      },
    });
    expect(
      reading.kind === 'person' && [reading.candidate.name.given, reading.candidate.name.family],
    ).toEqual(['Mira', 'Okafor']);
  });
});

describe('tables of anybody', () => {
  const read = (header: string, ...lines: string[]): unknown => {
    const rows = [header, ...lines].map((line) => line.split(','));
    const reading = readRow(planOf(rows), rows[1] ?? []);
    return reading.kind === 'person' ? reading.candidate : reading;
  };
  const JO = {
    name: { full: 'Jo Berg', given: 'Jo', family: 'Berg' },
    emails: ['jo@example.com'],
    phones: [],
  };

  it.each([
    ['attendee_first_name,attendee_last_name,contact.email', 'Jo,Berg,jo@example.com', JO],
    ['person/name,person/email', 'Jo Berg,jo@example.com', JO],
    ['fields.Name,fields.Email,createdTime', 'Jo Berg,jo@example.com,2020-01-01', JO],
    ['NAME,SURNAME,MAIL', 'Jo,Berg,jo@example.com', JO],
    ['Contact,Details', 'Jo Berg,jo@example.com', JO, 'Ann Lee,ann@example.com'],
    [
      'firstName,lastName,workEmail,managerName,managerEmail',
      'Jo,Berg,jo@example.com,Sam Poe,sam@example.com',
      JO,
    ],
    [
      'Emergency Contact Name,Emergency Contact Phone,First Name,Last Name,Email',
      'Kim Lo,+14155552671,Jo,Berg,jo@example.com',
      JO,
    ],
    ['Subscription Date,Name,Email', '2020-08-24,Jo Berg,jo@example.com', JO],
    ['Name,Email,Opted In,Do Not Contact', 'Jo Berg,jo@example.com,yes,yes', { ...JO, consent: false }],
    [
      'Person - Name,Person - Email - Work,Person - Phone - Mobile,Person - Organization,Person - Owner',
      'Jo Berg,jo@example.com,+14155552671,Ten,Sam Poe',
      { ...JO, phones: ['+14155552671'], company: 'Ten' },
    ],
    [
      'Salutation,First Name,Last Name,Title,Account Name,Mailing City,Email',
      'Mr.,Jo,Berg,CTO,Ten,Oslo,jo@example.com',
      { ...JO, name: { ...JO.name, prefix: 'Mr.' }, title: 'CTO', company: 'Ten', city: 'Oslo' },
    ],
    [
      'Full Name,Home City,Home Country,Work City,Email',
      'Jo Berg,Rome,Italy,Oslo,jo@example.com',
      { ...JO, city: 'Oslo' },
    ],
    [
      'Full Name,Home City,Home Country,Work City,Work Country,Email',
      'Jo Berg,Rome,Italy,Oslo,,jo@example.com',
      { ...JO, city: 'Oslo' },
    ],
    [
      'ФИО,Почта',
      'Иванов Иван Иванович,jo@example.com',
      { ...JO, name: { full: 'Иванов Иван Иванович', given: 'Иван', family: 'Иванов' } },
    ],
    [
      'Név,E-mail',
      'Nagy Éva,jo@example.com',
      { ...JO, name: { full: 'Nagy Éva', given: 'Éva', family: 'Nagy' } },
    ],
    ['Adı Soyadı,E-posta', 'Jo Berg,jo@example.com', JO],
    ['姓名,公司,邮箱', '王芳,北,jo@example.com', { ...JO, name: { full: '王芳' }, company: '北' }],
  ])('%s', (header, line, candidate, more = '') => {
    expect(read(header, line, ...(more === '' ? [] : [more]))).toEqual(candidate);
  });

  it.each([
    [
      'companies',
      'Organization Id,Name,Website,Country,Founded',
      '1,Lumen Ltd,https://example.com,Norway,1990',
    ],
    ['things', 'id,name,price,stock,colour', '1,Blue chair,10,3,blue'],
    ['prices', 'date,open,high,low', '2020-01-01,1,2,3'],
  ])('of %s are no tables of people', (_what, header, line) => {
    expect(planTable([header.split(','), line.split(',')]).kind).toBe('refused');
  });

  it('makes no guests of the customers of a shop', () => {
    const rows = [
      'Order ID,Customer Name,Product Name,City,Order Date',
      '1,Jo Berg,Chair,Oslo,2020-01-01',
    ].map((line) => line.split(','));
    expect(planOf(rows).format).toBe('table');
  });
});
