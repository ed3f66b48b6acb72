import { arrivedAt } from './arrived.js';
import type { ParsedMail } from './mail.js';

const NOW = new Date('2026-11-27T12:00:00Z');
const mail = (date: string | null, ...received: string[]): ParsedMail => ({
  headers: received.map((value) => ({ key: 'received', value })),
  from: null,
  to: [],
  subject: '',
  text: '',
  date: date === null ? null : new Date(date),
  messageId: null,
  inReplyTo: null,
  references: [],
  parts: [],
});

describe('when a mail arrived', () => {
  it.each<[string, ParsedMail, string]>([
    ['what the last server stamped', mail('2020-01-01T00:00:00Z', 'from a by b; Mon, 23 Nov 2026 10:00:00 +0100 (CET)', 'from c by a; Sun, 22 Nov 2026 10:00:00 +0000'), '2026-11-23T09:00:00Z'],
    ['the writer’s date where no server stamped it', mail('2026-11-24T00:00:00Z'), '2026-11-24T00:00:00Z'],
    ['the writer’s date where the stamp is broken', mail('2026-11-24T00:00:00Z', 'from a by b; yesterday'), '2026-11-24T00:00:00Z'],
    ['now, where all of them lie in the future', mail('2030-01-01T00:00:00Z', 'by b; Tue, 1 Jan 2030 00:00:00 +0000'), '2026-11-27T12:00:00Z'],
    ['now, where nothing says', mail(null), '2026-11-27T12:00:00Z'],
  ])('is %s', (_, given, at) => {
    expect(arrivedAt(given, NOW)).toEqual(new Date(at));
  });
}); // prettier-ignore
