/** iCalendar (RFC 5545) -> birthdays, events, and who was invited to the one event of a file. */
import type ICAL from 'ical.js';
import { parseBirthday } from '../milestones.js';
import { cleanText, oneLine } from '../text.js';
import { birthdayWords } from './calendar-birthday.js';
import { calendarBlocks, parseEvent, type Blocks, type EventBlock } from './calendar-blocks.js';
import { eventOf, isMidnight, momentOf, valueIn, valueOf } from './calendar-events.js';
import { canonicalEmail } from './identity.js';
import { nameOfWhole } from './names.js';
import type { CalendarEvent, Candidate, Reading } from './records.js';

export interface CalendarPerson {
  /** Line of the file, from 1. */
  line: number;
  raw: string;
  reading: Reading;
}

export type CalendarReading =
  | { kind: 'calendar'; people: CalendarPerson[]; events: CalendarEvent[]; why: string }
  | { kind: 'refused'; reason: string };

const MOST_ATTENDEES = 500;
const MOST_EVENTS = 20;

function isYearly(event: ICAL.Component): boolean {
  return /FREQ=YEARLY/i.test(valueOf(event, 'rrule'));
}

/** What address books write of their own birthdays, beside the title. */
function isMarked(event: ICAL.Component, blocks: Blocks): boolean {
  const says =
    /^yes|true|1$/i.test(valueOf(event, 'x-kde-kabc-birthday')) ||
    /^bday$/i.test(valueOf(event, 'x-nextcloud-bc-field-type')) ||
    event.hasProperty('x-goo-contacts-event') ||
    /birthday|geburtstag/i.test(valueOf(event, 'categories'));
  const calendar = blocks.properties.get('X-WR-CALNAME') ?? '';
  const isOfBirthdays = /birthdays?\b|geburtstage?\b|anniversaires\b|cumplea[ñn]os\b|compleanni\b|verjaardagen\b|anivers[áa]rios\b|f[öo]delsedagar\b|urodziny\b/iu.test(calendar); // prettier-ignore
  return says || (isOfBirthdays && isYearly(event));
}

/** A birthday; null where the event is none. */
function birthdayOf(event: ICAL.Component, blocks: Blocks): Reading | null {
  if (/^yes/i.test(valueOf(event, 'x-kde-kabc-anniversary'))) return null;
  const isKnown = isMarked(event, blocks);
  const title = valueOf(event, 'summary');
  const words = birthdayWords(title, valueOf(event, 'description'), isKnown);
  // A party, a meeting about one: whoever has a birthday has it every year, all day.
  const start = momentOf(event, 'dtstart', blocks, true);
  const isDay = start !== null && (start.time === null || isMidnight(start.time));
  if (!words) {
    return isKnown && title.trim() !== '' && isYearly(event) && !/💍|✝|†/u.test(title)
      ? { kind: 'rejected', reason: `names nobody whose birthday it is: "${oneLine(title.slice(0, 60))}"` }
      : null;
  }
  if (!start || !(isDay || isYearly(event) || isKnown)) return null;
  const stated =
    Number(valueOf(event, 'x-nextcloud-bc-year')) ||
    // KOrganizer writes the birthday itself as the beginning.
    (event.hasProperty('x-kde-kabc-birthday') ? start.date.year : 0) ||
    words.year ||
    (words.age === undefined ? 0 : start.date.year - words.age);
  const monthDay = start.date.toString().slice(5);
  const withYear = `${stated}-${monthDay}`;
  const hasYear = stated > 1880 && parseBirthday(withYear) !== null;
  const email = valueOf(event, 'x-kde-kabc-email-1') || valueOf(event, 'x-goo-contacts-email');
  const candidate: Candidate = {
    name: nameOfWhole(oneLine(valueOf(event, 'x-kde-kabc-name-1')) || words.name),
    emails: canonicalEmail(email) === null ? [] : [email.trim()],
    phones: [],
    birthday: hasYear ? withYear : `--${monthDay}`,
  };
  return { kind: 'person', candidate };
}

function attendeesOf(block: EventBlock, event: ICAL.Component): CalendarPerson[] {
  const organizer = canonicalEmail(valueOf(event, 'organizer').replace(/^mailto:/i, ''));
  const attendees = event.getAllProperties('attendee');
  if (attendees.length >= MOST_ATTENDEES) return [];
  return attendees.flatMap((attendee, index): CalendarPerson[] => {
    const param = (name: string): string => String(attendee.getParameter(name) ?? '');
    if (/^(?:resource|room|group)$/i.test(param('cutype'))) return [];
    const value = valueIn(attendee);
    const written = typeof value === 'string' ? value.replace(/^mailto:/i, '').trim() : ''; // prettier-ignore
    const email = canonicalEmail(written) === null ? param('email') : written;
    const canonical = canonicalEmail(email);
    if (canonical !== null && canonical === organizer) return [];
    const shown = oneLine(cleanText(param('cn')).slice(0, 300));
    const name = nameOfWhole(canonicalEmail(shown) === null ? shown : '');
    const line = block.attendeeLines[index] ?? block.line;
    const raw = attendee.toICALString();
    if (/^declined$/i.test(param('partstat')))
      return [{ line, raw, reading: { kind: 'ignored', reason: 'declined the invitation' } }];
    if (canonical === null && name.full === '') return [];
    const emails = canonical === null ? [] : [email];
    return [{ line, raw, reading: { kind: 'person', candidate: { name, emails, phones: [] } } }];
  });
}

/** Calendars list a birthday once for every year, and once for each address book that has the person. */
function withoutTwins(people: readonly CalendarPerson[]): CalendarPerson[] {
  const kept = new Map<string, CalendarPerson>();
  for (const [index, person] of people.entries()) {
    const { reading } = person;
    const candidate = reading.kind === 'person' ? reading.candidate : null;
    const key = candidate
      ? [candidate.name.full.toLowerCase(), candidate.birthday?.slice(-5), candidate.emails[0] ?? ''].join(
          '\n',
        )
      : String(index);
    const known = kept.get(key)?.reading;
    const saysLess = known?.kind === 'person' && (known.candidate.birthday ?? '').startsWith('--');
    if (!known || (saysLess && candidate?.birthday?.startsWith('--') === false)) kept.set(key, person);
  }
  return [...kept.values()];
}

const many = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

function whyOf(birthdays: number, events: number, attendees: number, skipped: Map<string, number>): string {
  const found = [
    ...(birthdays > 0 ? [many(birthdays, 'birthday')] : []),
    ...(events > 0 ? [many(events, 'event')] : []),
    ...(attendees > 0 ? [many(attendees, 'invited person').replace('persons', 'people')] : []),
  ];
  const left = [...skipped].map(([what, count]) => `${count} ${what}`);
  return [
    `a calendar with ${found.length === 0 ? 'neither a birthday nor an event' : found.join(', ')}`,
    ...(events > MOST_EVENTS
      ? ['a whole calendar rather than one event: choose which was the conference']
      : []),
    ...(left.length > 0 ? [`left aside: ${left.join(', ')}`] : []),
  ].join('; ');
}

/**
 * What a calendar tells. Birthdays become people; a year of birth only where the file states it, since calendars begin
 * a birthday in 1604, 1970 or this year. What is not cancelled, recurs not and lasts a month at most is an event. Who is
 * invited is a person only in a file of one event. Never throws.
 */
export function readCalendar(text: string): CalendarReading {
  const blocks = calendarBlocks(text);
  if (!blocks) return { kind: 'refused', reason: 'is no calendar: it must begin with BEGIN:VCALENDAR' };
  const skipped = new Map<string, number>();
  const skip = (what: string): void => void skipped.set(what, (skipped.get(what) ?? 0) + 1);
  const born: CalendarPerson[] = [];
  const events = new Map<string, { event: CalendarEvent; sequence: number }>();
  let attended: CalendarPerson[] = [];
  let broken = 0;
  for (const block of blocks.events) {
    const component = parseEvent(block);
    if (!component) {
      broken += 1;
      continue;
    }
    const cancelled = /^cancelled$/i.test(valueOf(component, 'status')) || /^cancel$/i.test(blocks.properties.get('METHOD') ?? ''); // prettier-ignore
    const birthday = cancelled ? null : birthdayOf(component, blocks);
    const isRecurring = ['rrule', 'rdate', 'recurrence-id'].some((name) => component.hasProperty(name));
    if (birthday) {
      born.push({ line: block.line, raw: block.raw, reading: birthday });
    } else if (cancelled) skip('cancelled');
    else if (isRecurring) skip('recurring');
    else {
      const event = eventOf(component, blocks);
      if (!event) {
        skip('without a title, a day or an end within a month');
        continue;
      }
      const key = event.uid ?? `line ${block.line}`;
      const sequence = Number(valueOf(component, 'sequence')) || 0;
      if (sequence < (events.get(key)?.sequence ?? 0)) continue;
      events.set(key, { event, sequence });
      attended = attendeesOf(block, component);
    }
  }
  if (broken > 0 && broken === blocks.events.length)
    return {
      kind: 'refused',
      reason: `the calendar is broken: none of its ${many(broken, 'event')} can be read`,
    };
  if (broken > 0) skipped.set('broken', broken);
  for (const [name, count] of blocks.others) skipped.set(name, count);
  const isWhole = /END[ \t]*:[ \t]*VCALENDAR\s*$/i.test(text.slice(-200));
  if (!isWhole && blocks.events.length === 0)
    return { kind: 'refused', reason: 'the calendar is cut off: it does not end with END:VCALENDAR' };
  const people = withoutTwins(born);
  const birthdays = people.length;
  const isOne = events.size === 1 && birthdays === 0;
  if (isOne) people.push(...attended);
  const persons = people.filter(({ reading }) => reading.kind === 'person').length;
  return {
    kind: 'calendar',
    people,
    events: [...events.values()].map(({ event }) => event),
    why: whyOf(birthdays, events.size, isOne ? persons : 0, skipped),
  };
}
