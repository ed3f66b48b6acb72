import fc from 'fast-check';
import type { Candidate } from './records.js';
import { CardSplitter, readCard, splitCards } from './vcard.js';

const card = (...lines: string[]): string =>
  ['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD'].join('\r\n');

function person(text: string): Candidate {
  const reading = readCard(text);
  if (reading.kind !== 'person') throw new Error(`${reading.kind}: ${reading.reason}`);
  return reading.candidate;
}

describe('a card', () => {
  it('of Apple, with groups, labels, folded lines and everything that is known', () => {
    const text = card(
      'N:Okafor;Mira;Q.;Dr.;PhD', 'FN:Mira Okafor', 'ORG:Northwind\\, Inc.;Data', 'TITLE:Head of', '  Data',
      'item1.EMAIL;type=INTERNET;type=WORK:mira@example.com', 'item1.X-ABLabel:_$!<Work>!$_', 'EMAIL;type=HOME;type=pref:m.okafor@example.org',
      'TEL;type=CELL:+49 30 1234567', 'item2.ADR;type=WORK:;;Hauptstr. 1;Berlin;;10115;Germany', 'BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-15',
      'NOTE:Spoke about bees\\nand queues\\, long', 'X-SOCIALPROFILE;type=linkedin:https://www.linkedin.com/in/Mira-Okafor/', 'TZ;VALUE=text:Europe/Berlin', 'LANG:de',
      `PHOTO;ENCODING=b;TYPE=JPEG:${'A'.repeat(100)}`, ' BBBB',
    ); // prettier-ignore
    expect(person(text)).toEqual({
      name: { full: 'Mira Okafor', given: 'Mira', family: 'Okafor', prefix: 'Dr.', suffix: 'PhD' },
      emails: ['m.okafor@example.org', 'mira@example.com'],
      phones: ['+49301234567'],
      linkedin: 'mira-okafor',
      company: 'Northwind, Inc.',
      title: 'Head of Data',
      city: 'Berlin',
      country: 'Germany',
      birthday: '--03-15',
      language: 'de',
      zone: 'Europe/Berlin',
      notes: 'Spoke about bees\nand queues, long',
    });
  });

  it('of version 4.0', () => {
    const text = card(
      'FN:Jo Berg',
      'EMAIL;PREF=2:b@example.org',
      'EMAIL;PREF=1:a@example.org',
      'TEL;VALUE=uri:tel:+44-20-7946-0018;ext=5',
      'BDAY:--0315',
    );
    expect(person(text.replace('3.0', '4.0'))).toMatchObject({
      name: { full: 'Jo Berg', given: 'Jo', family: 'Berg' },
      emails: ['a@example.org', 'b@example.org'],
      phones: ['+442079460018'],
      birthday: '--03-15',
    });
  });

  it('shows "Doe, Jane" as people are spoken of', () => {
    const name = { full: 'Jane Doe', given: 'Jane', family: 'Doe' };
    expect(person(card('FN:Doe\\, Jane')).name).toEqual(name);
    expect(person(card('FN:Doe\\, Jane', 'N:Doe;Jane;;;')).name).toEqual(name);
  });

  it('with a birthday that is none is still read', () => {
    for (const bad of ['--', '', '1990-13-40', 'soon', '03/04/1990']) {
      expect(person(card('FN:Jo Berg', `BDAY:${bad}`))).toEqual({
        name: { full: 'Jo Berg', given: 'Jo', family: 'Berg' },
        emails: [],
        phones: [],
      });
    }
    expect(person(card('FN:Jo Berg', 'BDAY;VALUE=date:1990-03-15')).birthday).toBe('1990-03-15');
  });

  it('with a broken line loses that line only', () => {
    expect(
      person(card('FN:Jo Berg', 'EMAIL;TYPE="work:jo@example.com', 'nonsense', ';;;:', 'TITLE:CTO')).title,
    ).toBe('CTO');
  });

  it('of version 2.1 is readable: bare types, quoted-printable, soft breaks', () => {
    const text = card(
      'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=57=65=69=C3=9F;J=C3=B6=',
      'rg;;;',
      'TEL;CELL;VOICE:+49 30 1234567',
      'EMAIL;INTERNET:j@example.com',
    );
    expect(person(text.replace('3.0', '2.1'))).toMatchObject({
      name: { full: 'Jörg Weiß', given: 'Jörg', family: 'Weiß' },
      phones: ['+49301234567'],
      emails: ['j@example.com'],
    });
  });

  it('of a group or a company is passed over; of nobody, cut off or with a wrong address rejected', () => {
    expect(readCard(card('KIND:group', 'FN:Team')).kind).toBe('ignored');
    expect(readCard(card('FN:Lumen', 'X-ABShowAs:COMPANY')).kind).toBe('ignored');
    expect(readCard(card('TITLE:CTO'))).toEqual({
      kind: 'rejected',
      reason: 'has neither a name nor an e-mail address',
    });
    expect(readCard('BEGIN:VCARD\nFN:Jo Berg').kind).toBe('rejected');
    expect(readCard(card('FN:Jo', 'EMAIL:not-an-address'))).toEqual({
      kind: 'rejected',
      reason: 'EMAIL holds "not-an-address", which is no e-mail address',
    });
  });

  it('never throws', () => {
    const line = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.tuple(fc.constantFrom('FN', 'N', 'EMAIL;TYPE="', 'BDAY;X-APPLE-OMIT-YEAR=', 'TEL;=', 'ADR', 'NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=x', 'ORG;constructor=', 'URL;__proto__=a'), fc.constantFrom(':', ';', '=:'), fc.string({ unit: 'binary' })).map((parts) => parts.join('')),
    ); // prettier-ignore
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const reading = JSON.stringify(readCard(card(...lines)));
        expect(reading).not.toMatch(/\\u0000|\\ud[89a-f]/);
        readCard(lines.join('\n'));
      }),
      { numRuns: 1_000 },
    );
    for (const piece of ['a', '=', ';', '"', ',', '\\', '\u0000', '\ud800', 'a@', ' ']) {
      const mega = piece.repeat(1_000_000);
      for (const name of ['FN', 'N', 'EMAIL', 'TEL', 'NOTE', 'X-SOCIALPROFILE', 'BDAY', 'TZ'])
        readCard(card('FN:Jo Berg', `${name}:${mega}`));
      readCard(mega);
    }
  });
});

describe('a file of cards', () => {
  const file = `${card('FN:One')}\r\n\r\n${card('FN:Two', 'AGENT:', 'BEGIN:VCARD', 'FN:Inner', 'END:VCARD')}\r\n`;

  it('is cut at its cards, with their lines, whatever the line ends', () => {
    for (const end of ['\r\n', '\n', '\r']) {
      const cards = splitCards(`\ufeff${file.replaceAll('\r\n', end)}`);
      expect(cards.map(({ line }) => line)).toEqual([1, 6]);
      expect(cards.map(({ text }) => person(text).name.full)).toEqual(['One', 'Two']);
    }
  });

  it('is cut the same wherever the stream is cut', () => {
    fc.assert(
      fc.property(fc.constantFrom('\r\n', '\n', '\r'), fc.array(fc.nat(file.length)), (end, cuts) => {
        const text = file.replaceAll('\r\n', end);
        const splitter = new CardSplitter();
        const places = [
          0,
          ...cuts.map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b),
          text.length,
        ];
        const cards = places.slice(1).flatMap((to, index) => splitter.push(text.slice(places[index], to)));
        expect([...cards, ...splitter.end()]).toEqual(splitCards(text));
      }),
    );
  });

  it('keeps no photo, refuses a card beyond the limit, and reads the next', () => {
    const splitter = new CardSplitter(1_000);
    const cards = [
      ...splitter.push(`BEGIN:VCARD\nFN:One\nPHOTO;ENCODING=b:`),
      ...Array.from({ length: 50 }, () => splitter.push('A'.repeat(1_000))).flat(),
      ...splitter.push(
        `\n AAAA\nTITLE:CTO\nEND:VCARD\n${card('FN:Two', `NOTE:${'n'.repeat(2_000)}`)}\n${card('FN:Three')}`,
      ),
      ...splitter.end(),
    ];
    expect(cards.map(({ refused }) => refused)).toEqual([
      undefined,
      'the card is larger than 1000 characters',
      undefined,
    ]);
    expect(person(cards[0]!.text)).toMatchObject({ name: { full: 'One' }, title: 'CTO' });
    expect(person(cards[2]!.text).name.full).toBe('Three');
  });

  it('reads a card without an end, as far as its lines are whole', () => {
    const read = (text: string) => splitCards(text).map((each) => readCard(each.text));
    expect(read(`BEGIN:VCARD\nFN:One\n${card('FN:Two')}`)).toMatchObject([
      { kind: 'person', candidate: { name: { full: 'One' } } },
      { kind: 'person', candidate: { name: { full: 'Two' } } },
    ]);
    // The address may have gone on: "example.com" or "example.community".
    expect(read('BEGIN:VCARD\nFN:Jo Berg\nEMAIL:jo@example.com')).toEqual([
      { kind: 'person', candidate: { name: { full: 'Jo Berg', given: 'Jo', family: 'Berg' }, emails: [], phones: [] } }, // prettier-ignore
    ]);
    expect(read('BEGIN:VCARD\nFN:Jo Berg\nEMAIL:jo@example.com\n')).toMatchObject([
      { candidate: { emails: ['jo@example.com'] } },
    ]);
    expect(read('BEGIN:VCARD\nFN:Jo Be')).toMatchObject([{ kind: 'rejected' }]);
  });
});

describe('what software makes of a card', () => {
  it('loses nothing to a wrong address where there is more to know', () => {
    expect(person(card('FN:Jo Berg', 'TITLE:CTO', 'EMAIL:jo at example'))).toMatchObject({
      emails: [],
      title: 'CTO',
      notes: 'E-mail as the card has it: jo at example',
    });
  });

  it('reads numbers without a country by the address, else by the other numbers', () => {
    const phones = (...lines: string[]) => person(card('FN:Jo Berg', ...lines)).phones;
    expect(phones('TEL:030 / 1234567', 'ADR:;;;Berlin;;;Deutschland')).toEqual(['+49301234567']);
    expect(phones('TEL:030 1234567', 'TEL:+49 151 23456789')).toEqual(['+49301234567', '+4915123456789']);
    expect(phones('TEL:(415) 555-2671', 'ADR:;;1 Main St;Springfield;CA;94105;')).toEqual(['+14155552671']);
    expect(phones('TEL:030 1234567')).toEqual(['030 1234567']);
    expect(phones('TEL;TYPE=fax:+49301234567', 'TEL;PAGER:+49301234567')).toEqual([]);
  });

  it('finds the LinkedIn profile wherever it stands', () => {
    for (const line of [
      'URL:https://de.linkedin.com/in/jo-berg/de',
      'X-SOCIALPROFILE;TYPE=linkedin:x-apple:jo-berg',
      'X-SOCIALPROFILE;type=linkedin;x-user=jo-berg:https://example.com',
      'X-LINKEDIN:jo-berg',
      'X-SOCIAL-LINKEDIN:https://linkedin.com/in/jo-berg',
      'IMPP;X-SERVICE-TYPE=LinkedIn:x-apple:jo-berg',
      'item1.URL:jo-berg\r\nitem1.X-ABLabel:LinkedIn',
    ])
      expect(person(card('FN:Jo Berg', line)).linkedin).toBe('jo-berg');
    expect(person(card('FN:Jo Berg', 'URL:https://www.linkedin.com/company/acme')).linkedin).toBeUndefined();
  });

  it('unfolds a value wherever it was folded', () => {
    const value = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .map((text) => `x${text.replace(/[\r\n\s\\,;]/gu, '')}y`);
    fc.assert(
      fc.property(value, fc.array(fc.nat(60)), fc.constantFrom(' ', '\t'), fc.constantFrom('\r\n', '\n', '\r', '\r\r\n'), (text, cuts, blank, end) => {
        const written = `NOTE:${text}`;
        let folded = '';
        for (const [index, char] of Array.from(written).entries()) folded += index > 3 && cuts.includes(index) ? `${end}${blank}${char}` : char;
        const file = ['BEGIN:VCARD', 'FN:Jo Berg', folded, 'END:VCARD', ''].join(end);
        const plain = ['BEGIN:VCARD', 'FN:Jo Berg', written, 'END:VCARD', ''].join('\n');
        expect(splitCards(file).map((each) => readCard(each.text))).toEqual(splitCards(plain).map((each) => readCard(each.text)));
      }),
    ); // prettier-ignore
  });

  it('decodes what is quoted-printable or base64, with its soft breaks', () => {
    const text = fc
      .string({ unit: fc.constantFrom(...Array.from('aß=Ж花é ,;:.\n')) })
      .map((each) => `x${each}y`);
    const bytes = (value: string): number[] => [...new TextEncoder().encode(value)];
    fc.assert(
      fc.property(text, fc.integer({ min: 3, max: 40 }), (value, width) => {
        const signs = bytes(value).map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`);
        const lines: string[] = [];
        for (let at = 0; at < signs.length; at += width) lines.push(signs.slice(at, at + width).join(''));
        const expected = value.replace(/ +(?=\n|$)/g, (blanks) => blanks);
        const quoted = card(
          'FN:Jo Berg',
          `NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:${lines.join('=\r\n')}`,
        );
        expect(person(quoted).notes).toBe(expected);
        const packed = card('FN:Jo Berg', `NOTE;ENCODING=b:${btoa(String.fromCharCode(...bytes(value)))}`);
        expect(person(packed).notes).toBe(expected);
      }),
    );
  });

  it('keeps what an escaped value means', () => {
    const escaped = (text: string): string => text.replace(/[\\,;]/g, '\\$&').replaceAll('\n', '\\n');
    const text = fc
      .string({ unit: fc.constantFrom(...Array.from('ab\\,;:"^\n')) })
      .map((each) => `x${each}y`);
    fc.assert(
      fc.property(text, (value) => {
        expect(person(card('FN:Jo Berg', `NOTE:${escaped(value)}`)).notes).toBe(value);
        expect(person(card('FN:Jo Berg', `ORG:${escaped(value)};Unit`)).company).toBe(
          value.replace(/\s+/g, ' '),
        );
      }),
    );
  });
});
