import fc from 'fast-check';
import { Conversations, messageText, type Correspondence } from './messages.js';
import { planTable, readRow } from './table.js';

const HEADER = ['CONVERSATION ID', 'CONVERSATION TITLE', 'FROM', 'SENDER PROFILE URL', 'TO', 'RECIPIENT PROFILE URLS', 'DATE', 'SUBJECT', 'CONTENT', 'FOLDER', 'ATTACHMENTS']; // prettier-ignore
const url = (slug: string): string => (slug === '' ? '' : `https://www.linkedin.com/in/${slug}`);

interface Message {
  id: string;
  from: [string, string];
  to: [string, string];
  at: string;
  text?: string;
  title?: string;
  folder?: string;
  attachments?: string;
}

const cells = ({ id, from, to, at, text = 'Hi', title = '', folder = 'INBOX', attachments = '' }: Message): string[] => [
  id, title, from[0], url(from[1]), to[0], url(to[1]), `${at} 10:00:00 UTC`, '', text, folder, attachments,
]; // prettier-ignore

function read(messages: readonly Message[]): Correspondence {
  const conversations = new Conversations({ header: HEADER });
  for (const [index, message] of messages.entries()) {
    conversations.add({ line: index + 2, raw: message.id, cells: cells(message) });
  }
  return conversations.end();
}

const ADA: [string, string] = ['Ada Nwosu', 'ada-nwosu'];
const MIRA: [string, string] = ['Mira Okafor', 'mira'];
const TEO: [string, string] = ['Teo Marin', 'teo'];
const PAIR: Message[] = [
  { id: 'a', from: MIRA, to: ADA, at: '2026-11-20', text: 'And the slides?' },
  { id: 'a', from: ADA, to: MIRA, at: '2026-11-19' },
  { id: 'b', from: ADA, to: TEO, at: '2026-11-18', text: 'I shall write.' },
];

describe('messages of LinkedIn', () => {
  it('give the last word with each person, and whose it was', () => {
    expect(read(PAIR).partners).toEqual([
      {
        line: 2,
        raw: 'a',
        candidate: {
          name: { full: 'Mira Okafor', given: 'Mira', family: 'Okafor' },
          emails: [],
          phones: [],
          linkedin: 'mira',
          message: { at: '2026-11-20T10:00:00Z', from: 'them', text: 'And the slides?' },
        },
      },
      expect.objectContaining({
        candidate: expect.objectContaining({
          linkedin: 'teo',
          message: { at: '2026-11-18T10:00:00Z', from: 'owner', text: 'I shall write.' },
        }) as unknown,
      }),
    ]);
  });

  it('of two conversations with one person take the newer; a name without its address is the same person', () => {
    const { partners } = read([
      ...PAIR,
      { id: 'c', from: ['Mira Okafor', ''], to: ADA, at: '2026-12-01', text: 'Later' },
    ]);
    expect(partners).toHaveLength(2);
    expect(partners.find(({ candidate }) => candidate.linkedin === 'mira')?.candidate.message?.text).toBe(
      'Later',
    );
  });

  it('of one conversation alone do not guess who the owner is', () => {
    expect(read(PAIR.slice(0, 2))).toEqual({
      partners: [],
      left: [{ reason: 'which of the two is you cannot be told', conversations: 1 }],
    });
  });

  it('leave out groups, spam, advertisements and people who are hidden', () => {
    const { partners, left } = read([
      ...PAIR,
      {
        id: 'g',
        from: TEO,
        to: ['Ada Nwosu,Mira Okafor', 'ada-nwosu,https://www.linkedin.com/in/mira'],
        at: '2027-01-01',
      },
      { id: 's', from: ['Shop', 'shop'], to: ADA, at: '2027-01-01', folder: 'SPAM' },
      { id: 't', from: ['Shop', 'shop2'], to: ADA, at: '2027-01-01', title: 'Sponsored Conversation' },
      { id: 'h', from: ['LinkedIn Member', ''], to: ADA, at: '2027-01-01' },
    ]);
    expect(partners).toHaveLength(2);
    expect(left.map(({ conversations }) => conversations)).toEqual([1, 2, 1]);
  });

  it('say an attachment where there is no text, and pass over deleted ones', () => {
    const { partners } = read([
      { ...(PAIR[0] as Message), at: '2026-12-24', text: '' },
      { ...(PAIR[0] as Message), at: '2026-12-23', text: '', attachments: 'https://example.com/x.pdf' },
      ...PAIR,
    ]);
    expect(partners.find(({ candidate }) => candidate.linkedin === 'mira')?.candidate.message).toMatchObject({
      at: '2026-12-23T10:00:00Z',
      text: '(an attachment)',
    });
  });

  it('do not depend on the order of the rows', () => {
    const all: Message[] = [...PAIR, { id: 'd', from: TEO, to: ADA, at: '2026-11-30', text: 'Thanks' }];
    const known = read(all).partners.map(({ candidate }) => candidate).sort((a, b) => a.name.full.localeCompare(b.name.full)); // prettier-ignore
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (order) => {
        const found = read(order).partners.map(({ candidate }) => candidate);
        expect(found.sort((a, b) => a.name.full.localeCompare(b.name.full))).toEqual(known);
      }),
    );
  });

  it('never throw, whatever the cells hold', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('<p>', '&#1114112;', '2026-07-01 10:00:00 UTC', 'x', url('a')),
    );
    fc.assert(
      fc.property(fc.array(fc.array(cell, { maxLength: 12 }), { maxLength: 8 }), (rows) => {
        const conversations = new Conversations({ header: HEADER });
        for (const [line, row] of rows.entries()) conversations.add({ line, raw: '', cells: row });
        expect(JSON.stringify(conversations.end())).not.toMatch(/\\u0000|\\ud[89a-f]/);
      }),
    );
  });

  it('are recognised, and no row of them is a person by itself', () => {
    const planning = planTable([HEADER]);
    expect(planning).toMatchObject({ kind: 'plan', plan: { format: 'linkedin-messages' } });
    if (planning.kind === 'plan')
      expect(readRow(planning.plan, cells(PAIR[0] as Message)).kind).toBe('ignored');
  });
});

describe('the text of a message', () => {
  it.each([
    ['<p>One</p><p>Two &amp; <b>three</b></p>', 'One\nTwo & three'],
    ['a<br>b<style>p{}</style>', 'a\nb'],
    ['5 < 6 and 7 > 3', '5 < 6 and 7 > 3'],
    ['it&#39;s&nbsp;&lt;fine&gt;', "it's <fine>"],
    [' line\r\n\r\n\r\n\r\nline ', 'line\n\nline'],
  ])('%j', (content, text) => {
    expect(messageText(content)).toBe(text);
  });

  it('is cut to 300 characters and never through one', () => {
    expect(messageText('😀'.repeat(200))).toBe('😀'.repeat(150));
    expect(messageText(`x${'😀'.repeat(200)}`)).toBe(`x${'😀'.repeat(149)}`);
  });
});
