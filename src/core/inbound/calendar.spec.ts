import { calendarAnswer } from './calendar.js';
import type { ParsedMail } from './mail.js';

const answer = (given: {
  head?: Record<string, string>;
  attendee?: string;
  subject?: string;
}): ParsedMail => ({
  headers: Object.entries(given.head ?? {}).map(([key, value]) => ({ key, value })),
  from: { address: 'ada@example.com', name: 'Ada' },
  to: ['me@example.org'],
  subject: given.subject ?? 'Accepted: Coffee',
  text: '',
  date: new Date('2026-11-20T09:00:00Z'),
  messageId: null,
  inReplyTo: null,
  references: [],
  parts:
    given.attendee === undefined
      ? []
      : [
          {
            contentType: 'text/calendar',
            content: `BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nATTENDEE;${given.attendee}:mailto:ada@example.com\r\n`,
          },
        ],
});

describe('what a mail says of a meeting', () => {
  it.each<[string, string, Record<string, string>, boolean]>([
    ['a person', 'PARTSTAT=ACCEPTED', {}, false],
    ['a person, sent by their calendar', 'PARTSTAT=ACCEPTED', { 'auto-submitted': 'auto-generated' }, false],
    ['a room', 'CUTYPE=ROOM;PARTSTAT=ACCEPTED', {}, true],
    ['a resource, named after the answer', 'PARTSTAT=ACCEPTED;CUTYPE=RESOURCE', {}, true],
    ['an answering machine', 'PARTSTAT=ACCEPTED', { 'auto-submitted': 'auto-replied' }, true],
    [
      'Exchange by itself',
      'PARTSTAT=ACCEPTED',
      { 'auto-submitted': 'auto-generated', 'x-auto-response-suppress': 'All' },
      true,
    ],
    [
      'the booking attendant',
      'PARTSTAT=ACCEPTED',
      { 'x-ms-exchange-generated-message-source': 'Resource Booking Attendant' },
      true,
    ],
  ])('tells who decided: %s', (_who, attendee, head, automatic) => {
    expect(calendarAnswer(answer({ attendee, head }), '')).toEqual({ answer: 'accepted', automatic });
  });

  it.each([
    ['Accepted: Coffee', 'accepted'],
    ['Zugesagt: Kaffee', 'accepted'],
    ['Refusé : Café', 'declined'],
    ['Rechazado: Café', 'declined'],
    ['Mit Vorbehalt: Kaffee', 'tentative'],
    ['承諾済み: コーヒー', 'accepted'],
    ['已拒绝：咖啡', 'declined'],
    ['Geannuleerd: Koffie', 'cancel'],
  ])('reads the subject where nothing else is left: %s', (subject, expected) => {
    expect(calendarAnswer(answer({ subject }), '')).toEqual({ answer: expected, automatic: false });
  });

  it('leaves a mail with words of its own to be read as such', () => {
    expect(calendarAnswer(answer({}), 'Could we do ten instead?')).toBeNull();
    expect(calendarAnswer(answer({ subject: 'Re: Accepted: Coffee' }), '')).toBeNull();
  });
});
