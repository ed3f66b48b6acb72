import fc from 'fast-check';
import { ownWords, sentences } from './inbound-text.js';

const written = 'Yes, gladly.\n\nHow about Tuesday?';

describe('ownWords', () => {
  it.each([
    ['a quote', `${written}\n\n> Shall we talk?\n>> before`],
    ['an attribution', `${written}\n\nOn Mon, Nov 30, 2026 at 10:00 AM Me <me@example.org> wrote:\n> Hi`],
    [
      'a wrapped attribution',
      `${written}\n\nOn Mon, Nov 30, 2026 at 10:00 AM Long Name\n<me@example.org> wrote:\n\n> Hi`,
    ],
    [
      'an unmarked quote',
      `${written}\n\nOn 30 Nov 2026, at 10:00, Me <me@example.org> wrote:\n\nHi Ada,\nShall we?`,
    ],
    ['a German quote', `${written}\n\nAm 30.11.2026 um 10:00 schrieb Me <me@example.org>:\n> Hi`],
    [
      'a German quote, name first',
      `${written}\n\nMe <me@example.org> schrieb am Mo., 30. Nov. 2026, 10:00:\n\n> Hi`,
    ],
    ['a French quote', `${written}\n\nLe lun. 30 nov. 2026 à 10:00, Me <me@example.org> a écrit :\n> Hi`],
    [
      'a Spanish quote',
      `${written}\n\nEl lun, 30 nov 2026 a las 10:00, Me (<me@example.org>) escribió:\n> Hi`,
    ],
    ['a Swedish quote', `${written}\n\nDen mån 30 nov. 2026 kl 10:00 skrev Me <me@example.org>:\n> Hi`],
    ['a dated attribution', `${written}\n\n2026-11-30 10:00 GMT+01:00 Me <me@example.org>:\n> Hi`],
    ['an Outlook divider', `${written}\r\n\r\n-----Original Message-----\r\nFrom: Me\r\nHi`],
    ['a German divider', `${written}\n\n-----Ursprüngliche Nachricht-----\nVon: Me\nHi`],
    ['a forward', `${written}\n\n---------- Forwarded message ---------\nFrom: Me <me@example.org>\nHi`],
    [
      'a header block',
      `${written}\n\n________________________________\nFrom: Me <me@example.org>\nSent: Monday\nTo: Ada\nSubject: Hi\n\nHi`,
    ],
    [
      'a German header block',
      `${written}\n\nVon: Me <me@example.org>\nGesendet: Montag\nAn: Ada\nBetreff: Hi\n\nHi`,
    ],
    ['bold header names', `${written}\n\n*From:* Me <me@example.org>\n*Sent:* Monday\n*To:* Ada\n\nHi`],
    ['a signature', `${written}\n\n-- \nAda Lovelace\nAnalyst`],
    ['a signature before a quote', `${written}\n\n-- \nAda\n\nOn 30 Nov 2026 at 10:00 Me wrote:\n> Hi`],
    ['a phone', `${written}\n\nSent from my iPhone`],
    ['a German phone', `${written}\n\nVon meinem iPhone gesendet`],
    ['Outlook for phones', `${written}\n\nGet Outlook for iOS`],
  ])('strips %s', (_name, text) => {
    expect(ownWords(text)).toBe(written);
  });

  it('keeps answers written between the quotes and below them', () => {
    const text = 'Hi,\n\nOn 30 Nov 2026 at 10:00 Me wrote:\n> One?\nYes.\n> Two?\nNo.\n\n-- \nAda';
    expect(ownWords(text)).toBe('Hi,\n\nYes.\nNo.');
    expect(ownWords('-- \nAda\n\n> Hi\n\nbelow')).toBe('below');
  });

  it.each([
    'On 3 May you wrote:\nthat you like tea. I do too.',
    'From: the heart\nThank you.',
    'On the train I read your book: great.',
    'Sent from my hotel room: yes, let us meet.',
    'Agenda:\n- one\n- two',
    'a -> b\nx --> y',
  ])('keeps what only looks like a quote: %j', (text) => {
    expect(ownWords(text)).toBe(text);
  });

  it('gives mbox its own lines back', () => {
    expect(ownWords('Hello.\n>From here on it rains.\nBye')).toBe('Hello.\nFrom here on it rains.\nBye');
  });

  it('never throws, adds nothing, and is quick on hostile text', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('>', '\n', '-- \n', 'On ', ' wrote:', 'From: ', '\r'),
    );
    fc.assert(
      fc.property(
        fc.array(piece).map((pieces) => pieces.join('')),
        (text) => {
          expect(ownWords(text).length).toBeLessThanOrEqual(text.length);
          expect(sentences(text).join('').length).toBeLessThanOrEqual(text.length);
        },
      ),
    );
    const began = process.cpuUsage();
    for (const unit of [' ', 'a', '@', '>', '-', '_', 'On ', '\n', '. ', 'a@b'])
      ownWords(unit.repeat(1_000_000));
    expect(process.cpuUsage(began).user / 1e6).toBeLessThan(5);
  });
});

describe('sentences', () => {
  it('joins wrapped lines, drops greetings, and knows dates and titles', () => {
    expect(
      sentences(
        'Hi Bob,\nit was good. Could you ask Dr. Jones\nfor the paper? Können wir uns am 30. November sehen?\n- One item\n- Two',
      ),
    ).toEqual([
      'it was good.',
      'Could you ask Dr. Jones for the paper?',
      'Können wir uns am 30. November sehen?',
      'One item',
      'Two',
    ]);
  });
});
