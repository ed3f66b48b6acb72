import fc from 'fast-check';
import { readCalendar } from './calendar.js';

const calendar = (...lines: string[]): string => ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n'); // prettier-ignore
const event = (...lines: string[]): string => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'].join('\r\n');
const yearly = (title: string, start = 'DTSTART;VALUE=DATE:20260315', ...more: string[]): string =>
  event(`SUMMARY:${title}`, start, 'RRULE:FREQ=YEARLY', ...more);

function read(text: string) {
  const reading = readCalendar(text);
  if (reading.kind === 'refused') throw new Error(reading.reason);
  return reading;
}
const people = (text: string) =>
  read(text).people.map(({ reading }) => (reading.kind === 'person' ? reading.candidate : reading));

describe('birthdays', () => {
  it.each([
    "Jane Doe's birthday", "Jane Doe's 36th Birthday!", 'Birthday of Jane Doe', 'Birthday: Jane Doe', 'Jane Doe - Birthday',
    'Geburtstag von Jane Doe', 'Jane Doe hat Geburtstag', 'Jane Doe hat heute Geburtstag', 'Anniversaire de Jane Doe', 'L’anniversaire de Jane Doe',
    'Cumpleaños de Jane Doe', 'Compleanno di Jane Doe', 'Verjaardag van Jane Doe', 'Jane Doe is jarig', 'Aniversário de Jane Doe',
    'Jane Does födelsedag', 'Jane Doe fyller år', 'Urodziny: Jane Doe', '🎂 Jane Doe', 'Jane Doe 🎂 (36)',
  ])('%s', (title) => {
    const [told] = people(calendar(yearly(title)));
    expect(told).toMatchObject({ name: { full: 'Jane Doe', given: 'Jane' }, birthday: expect.stringMatching(/^(--|1990-)03-15$/) as string });
  }); // prettier-ignore

  it('have a year only where the file states it', () => {
    const birthdayOf = (...args: Parameters<typeof yearly>): unknown =>
      (people(calendar(yearly(...args)))[0] as { birthday: string }).birthday;
    const start = 'DTSTART;VALUE=DATE:19700315';
    expect(birthdayOf("Jane Doe's birthday", start)).toBe('--03-15');
    expect(birthdayOf('🎂 Jane Doe (1990)', start)).toBe('1990-03-15');
    expect(birthdayOf("Jane Doe's birthday", start, 'DESCRIPTION:born 1990')).toBe('1990-03-15');
    expect(birthdayOf('🎂 Jane Doe', start, 'X-NEXTCLOUD-BC-FIELD-TYPE:BDAY', 'X-NEXTCLOUD-BC-YEAR:1990')).toBe('1990-03-15'); // prettier-ignore
    expect(birthdayOf('Jane Doe', 'DTSTART;VALUE=DATE:19900315', 'X-KDE-KABC-BIRTHDAY:YES')).toBe(
      '1990-03-15',
    );
    expect(birthdayOf("Jane Doe's 36th birthday")).toBe('1990-03-15');
    expect(birthdayOf("Jane Doe's birthday", 'DTSTART:20260315T000000Z')).toBe('--03-15');
  });

  it('are told by the name of the calendar, once for each person', () => {
    const text = calendar(
      'X-WR-CALNAME:Geburtstage',
      yearly('Jane Doe'),
      yearly('Jane Doe (1990)'),
      yearly('Bo Li'),
    );
    expect(people(text)).toMatchObject([
      { name: { full: 'Jane Doe' }, birthday: '1990-03-15' },
      { name: { full: 'Bo Li' }, birthday: '--03-15' },
    ]);
    expect(read(text)).toMatchObject({ events: [], why: 'a calendar with 2 birthdays' });
  });

  it('are not parties, weddings, deaths or meetings', () => {
    for (const title of ["Jane Doe's birthday party", "Jane and Tom's wedding anniversary", '💍 Jane Doe', 'Todestag Jane Doe', 'Team review', 'My birthday'])
      expect(people(calendar(yearly(title)))).toEqual([]);
  }); // prettier-ignore
});

describe('events', () => {
  const days = (...lines: string[]): unknown =>
    read(calendar('X-WR-TIMEZONE:Europe/Berlin', event('SUMMARY:DevConf', ...lines))).events.map(
      ({ startsOn, endsOn, zone }) => [startsOn, endsOn, zone],
    );

  it('last from their first to their last day, both included', () => {
    expect(days('DTSTART;VALUE=DATE:20260901', 'DTEND;VALUE=DATE:20260904')).toEqual([['2026-09-01', '2026-09-03', 'Europe/Berlin']]); // prettier-ignore
    expect(days('DTSTART;VALUE=DATE:20260901')).toEqual([['2026-09-01', '2026-09-01', 'Europe/Berlin']]);
    expect(days('DTSTART;VALUE=DATE:20260901', 'DURATION:P3D')).toEqual([['2026-09-01', '2026-09-03', 'Europe/Berlin']]); // prettier-ignore
    expect(days('DTSTART:20260901T220000Z', 'DTEND:20260902T220000Z')).toEqual([['2026-09-02', '2026-09-02', 'Europe/Berlin']]); // prettier-ignore
    expect(days('DTSTART;TZID=America/New_York:20260901T090000', 'DTEND;TZID=America/New_York:20260903T170000')).toEqual([['2026-09-01', '2026-09-03', 'America/New_York']]); // prettier-ignore
    expect(days('DTSTART;TZID=W. Europe Standard Time:20260901T090000')).toEqual([['2026-09-01', '2026-09-01', 'Europe/Berlin']]); // prettier-ignore
    expect(days('DTSTART;TZID=/example.org/2026/Asia/Tokyo:20260901T090000')).toEqual([['2026-09-01', '2026-09-01', 'Asia/Tokyo']]); // prettier-ignore
    expect(days('DTSTART;TZID=Nowhere:20260901T090000')).toEqual([['2026-09-01', '2026-09-01', undefined]]);
  });

  it('keep their name, place and identity; the newest version counts', () => {
    const one = (sequence: number, name: string): string => event(`SUMMARY:${name}`, 'UID:1@example.com', `SEQUENCE:${sequence}`, 'LOCATION:Halle 7\\, Köln', 'DTSTART;VALUE=DATE:20260901'); // prettier-ignore
    expect(read(calendar(one(2, 'DevConf'), one(1, 'Old'))).events).toEqual([
      { uid: '1@example.com', name: 'DevConf', startsOn: '2026-09-01', endsOn: '2026-09-01', location: 'Halle 7, Köln' },
    ]); // prettier-ignore
  });

  it('that recur, are cancelled or have no end are left aside, and counted', () => {
    const start = 'DTSTART:20260901T090000Z';
    const reading = read(
      calendar(
        event('SUMMARY:Weekly', start, 'RRULE:FREQ=weekly\\;COUNT=3'),
        event('SUMMARY:Off', start, 'STATUS:CANCELLED'),
        event('SUMMARY:Lease', 'DTSTART;VALUE=DATE:20260101', 'DTEND;VALUE=DATE:20270101'),
        'BEGIN:VTODO\r\nSUMMARY:Shop\r\nEND:VTODO',
        event('SUMMARY:Talk', start, 'DTEND:rubbish', 'BEGIN:VALARM', 'TRIGGER:-PT5M', 'END:VALARM'),
      ),
    );
    expect(reading.events.map(({ name }) => name)).toEqual(['Talk']);
    expect(reading.why).toBe('a calendar with 1 event; left aside: 1 recurring, 1 cancelled, 1 without a title, a day or an end within a month, 1 VTODO'); // prettier-ignore
  });

  it('by the thousand are said to be a whole calendar', () => {
    const many = Array.from({ length: 2_000 }, (_each, index) => event(`SUMMARY:E${index}`, 'DTSTART:20260901T090000Z')); // prettier-ignore
    const reading = read(calendar(...many));
    expect(reading.events).toHaveLength(2_000);
    expect(reading.why).toContain('a whole calendar rather than one event');
  });
});

describe('who is invited', () => {
  const invited = [
    'ORGANIZER;CN=Olga:mailto:olga@example.com', 'ATTENDEE;CN=Olga:mailto:olga@example.com', 'ATTENDEE;CN="Doe, Jane";PARTSTAT=ACCEPTED:mailto:jane@example.com',
    'ATTENDEE;PARTSTAT=DECLINED;CN=Tom:mailto:tom@example.com', 'ATTENDEE;CUTYPE=ROOM;CN=Hall:mailto:hall@example.com', 'ATTENDEE;CN=bo@example.com:MAILTO:bo@example.com',
  ]; // prettier-ignore

  it('is a person in a file of one event, and in no other', () => {
    const one = event('SUMMARY:Dinner', 'DTSTART:20260901T180000Z', ...invited);
    const reading = read(calendar(one));
    expect(reading.people.map(({ line }) => line)).toEqual([8, 9, 11]);
    expect(people(calendar(one))).toEqual([
      { name: { full: 'Jane Doe', given: 'Jane', family: 'Doe' }, emails: ['jane@example.com'], phones: [] },
      { kind: 'ignored', reason: 'declined the invitation' },
      { name: { full: '' }, emails: ['bo@example.com'], phones: [] },
    ]);
    expect(people(calendar(one, event('SUMMARY:Other', 'DTSTART:20260902T180000Z')))).toEqual([]);
  });
});

describe('what is no calendar', () => {
  it('is refused with its reason', () => {
    expect(readCalendar('BEGIN:VCARD\nEND:VCARD')).toMatchObject({ kind: 'refused' });
    expect(readCalendar('')).toMatchObject({ kind: 'refused' });
    expect(readCalendar('BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nSUMM')).toMatchObject({ reason: expect.stringContaining('cut off') as string }); // prettier-ignore
    expect(readCalendar(calendar(event('DTSTART;VALUE=DATE:99999999999', 'RRULE:FREQ=NEVER')))).toMatchObject({ kind: expect.any(String) as string }); // prettier-ignore
  });

  it('throws nothing', () => {
    const line = fc.tuple(
      fc.constantFrom('SUMMARY', 'DTSTART', 'DTEND;VALUE=DATE', 'DTSTART;TZID=x', 'RRULE', 'DURATION', 'ATTENDEE;CN="', 'UID', 'BEGIN', 'END', 'X-NEXTCLOUD-BC-YEAR', ' '),
      fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('20260315', '20260315T250000Z', 'FREQ=YEARLY', "Jane's birthday", 'VEVENT', 'VALARM', 'P99999999D')),
    ).map(([name, value]) => `${name}:${value}`); // prettier-ignore
    fc.assert(
      fc.property(fc.array(line), (lines) => void readCalendar(calendar(event(...lines)))),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => void readCalendar(`BEGIN:VCALENDAR\n${text}`)),
    );
  });
});
