/** A calendar's text -> its events, each read by itself (ical.js): a broken one spoils no other. */
import ICAL from 'ical.js';

export interface EventBlock {
  /** Line of the file, from 1, on which the event begins. */
  line: number;
  raw: string;
  /** Line of the file on which each ATTENDEE begins, in their order. */
  attendeeLines: number[];
}

export interface Blocks {
  events: EventBlock[];
  /** The calendar's own properties, upper case -> value: X-WR-TIMEZONE, X-WR-CALNAME, METHOD, PRODID. */
  properties: Map<string, string>;
  /** IANA zone that a VTIMEZONE says it means, by its TZID. */
  zones: Map<string, string>;
  /** Other components, such as VTODO, by their name. */
  others: Map<string, number>;
}

interface Open {
  name: string;
  line: number;
  lines: string[];
  attendees: number[];
}

/** Cuts a calendar (RFC 5545) into its components; null where the text is none. */
export function calendarBlocks(text: string): Blocks | null {
  if (!/^\ufeff?\s*BEGIN[ \t]*:[ \t]*VCALENDAR/i.test(text)) return null; // prettier-ignore
  const blocks: Blocks = { events: [], properties: new Map(), zones: new Map(), others: new Map() };
  let open: Open | null = null;
  let tzid = '';
  for (const [index, line] of text.split(/\r\r?\n|\r|\n/).entries()) {
    const [, mark = '', name = ''] =
      /^(BEGIN|END)[ \t]*:[ \t]*([A-Z-]+)[ \t]*$/i.exec(line.slice(0, 60)) ?? [];
    const component = name.toUpperCase();
    const isBegin = mark.toUpperCase() === 'BEGIN';
    if (open === null || (isBegin && component === open.name)) {
      if (isBegin && component !== 'VCALENDAR')
        open = { name: component, line: index + 1, lines: [line], attendees: [] };
      else if (mark === '') keepProperty(blocks.properties, line);
      continue;
    }
    open.lines.push(line);
    if (open.name === 'VEVENT' && /^ATTENDEE[;:]/i.test(line)) open.attendees.push(index + 1);
    if (open.name === 'VTIMEZONE') {
      tzid = /^TZID:(.*)$/i.exec(line)?.[1]?.trim() ?? tzid;
      const located = /^X-LIC-LOCATION:(.*)$/i.exec(line)?.[1]?.trim();
      if (located !== undefined) blocks.zones.set(tzid, located);
    }
    if (mark !== '' && !isBegin && component === open.name) {
      if (component === 'VEVENT')
        blocks.events.push({ line: open.line, raw: open.lines.join('\n'), attendeeLines: open.attendees });
      else if (component !== 'VTIMEZONE')
        blocks.others.set(component, (blocks.others.get(component) ?? 0) + 1);
      open = null;
    }
  }
  return blocks;
}

function keepProperty(properties: Map<string, string>, line: string): void {
  const [, name = '', value = ''] = /^([A-Z-]+)(?:;[^:]*)?:(.*)$/i.exec(line.slice(0, 500)) ?? [];
  if (name !== '') properties.set(name.toUpperCase(), value.trim());
}

function parsed(lines: readonly string[]): ICAL.Component | null {
  try {
    const text = ['BEGIN:VEVENT', ...lines, 'END:VEVENT'].join('\r\n');
    return new ICAL.Component(ICAL.parse(text) as unknown[]);
  } catch {
    return null;
  }
}

/** The event's own lines, unfolded; alarms and what is no property are left out. */
function ownLines(raw: string): string[] {
  const lines: string[] = [];
  let depth = 0;
  for (const line of raw.split('\n').slice(1, -1)) {
    if (/^BEGIN:/i.test(line)) depth += 1;
    else if (/^END:/i.test(line)) depth -= 1;
    else if (depth === 0 && /^[ \t]/.test(line) && lines.length > 0)
      lines.push((lines.pop() ?? '') + line.slice(1));
    else if (depth === 0 && /^[A-Za-z][\w-]*[;:]/.test(line)) lines.push(line);
  }
  // Some write rules in small letters, or escape their semicolons.
  return lines.map((line) => (/^RRULE[;:]/i.test(line) ? line.toUpperCase().replaceAll('\\', '') : line));
}

/** One event; a line of it that cannot be read is left out. Null where nothing can. */
export function parseEvent({ raw }: EventBlock): ICAL.Component | null {
  const lines = ownLines(raw);
  const event = parsed(lines);
  if (event) return event;
  const sound = lines.filter((line) => parsed([line]) !== null);
  return sound.some((line) => /^DTSTART/i.test(line)) ? parsed(sound) : null;
}
