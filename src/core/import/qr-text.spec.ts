import fc from 'fast-check';
import { readQrText } from './qr-text.js';

function candidate(text: string) {
  const reading = readQrText(text);
  if (reading?.kind !== 'person') throw new Error(`${text}: ${JSON.stringify(reading)}`);
  return reading.candidate;
}

const jane = {
  name: { full: 'Jane Doe', given: 'Jane', family: 'Doe' },
  emails: ['jane@example.com'],
  phones: ['+49301234567'],
  company: 'Lumen GmbH',
};

describe('a code with a card in it', () => {
  it.each([
    ['as it should be', 'BEGIN:VCARD\nVERSION:3.0\nN:Doe;Jane\nFN:Jane Doe\nORG:Lumen GmbH\nTEL:+49 30 1234567\nEMAIL:jane@example.com\nEND:VCARD'],
    ['with line ends in two signs', 'BEGIN:VCARD\\nVERSION:3.0\\nN:Doe;Jane\\nFN:Jane Doe\\nORG:Lumen GmbH\\nTEL:+49 30 1234567\\nEMAIL:jane@example.com\\nEND:VCARD'],
    ['with spaces for line ends', 'BEGIN:VCARD VERSION:3.0 N:Doe;Jane;;; FN:Jane Doe ORG:Lumen GmbH TEL;TYPE=WORK,VOICE:+49 30 1234567 EMAIL:jane@example.com END:VCARD'],
    ['with nothing for line ends', 'BEGIN:VCARDVERSION:3.0N:Doe;JaneFN:Jane DoeORG:Lumen GmbHTEL;CELL:+49 30 1234567EMAIL:jane@example.comEND:VCARD'],
    ['without an end', 'BEGIN:VCARD\nVERSION:3.0\nFN:Jane Doe\nORG:Lumen GmbH\nTEL:+49 30 1234567\nEMAIL:jane@example.com'],
  ])('%s', (_story, text) => expect(candidate(text)).toEqual(jane)); // prettier-ignore
});

describe('other codes', () => {
  it('MECARD and BIZCARD tell a person', () => {
    expect(
      candidate('MECARD:N:Doe,Jane;TEL:+49301234567;EMAIL:jane@example.com;ORG:Lumen\\; Co;URL:https\\://www.linkedin.com/in/jane-doe;BDAY:19900315;NOTE:bees;;'),
    ).toEqual({ ...jane, company: 'Lumen; Co', linkedin: 'jane-doe', birthday: '1990-03-15', notes: 'bees' }); // prettier-ignore
    expect(candidate('BIZCARD:N:Jane;X:Doe;T:CTO;C:Lumen GmbH;B:+49301234567;E:jane@example.com;;')).toEqual({
      ...jane,
      title: 'CTO',
    });
  });

  it.each([
    ['mailto:jane+x@example.com?subject=Hi', { emails: ['jane+x@example.com'] }],
    ['MATMSG:TO:jane@example.com;SUB:Hi;BODY:x;;', { emails: ['jane@example.com'] }],
    ['jane@example.com', { emails: ['jane@example.com'] }],
    ['tel:+49301234567', { phones: ['+49301234567'] }],
    ['https://www.linkedin.com/in/jane-doe?trk=qr', { linkedin: 'jane-doe' }],
  ])('%s is somebody without a name', (text, told) => {
    expect(candidate(text)).toEqual({ name: { full: '' }, emails: [], phones: [], ...told });
  });

  it.each(['https://example.com/in/jane', 'https://www.linkedin.com/company/lumen', 'WIFI:S:net;T:WPA;P:x;;', 'Hello', '', '12345678', 'geo:1,2'])(
    '%j is nobody', (text) => expect(readQrText(text)).toBeNull(),
  ); // prettier-ignore

  it('that mean a person and are broken are rejected', () => {
    expect(readQrText('MECARD:ORG:Lumen;;')).toEqual({
      kind: 'rejected',
      reason: 'has neither a name nor an address',
    });
    expect(readQrText('mailto:jane')?.kind).toBe('rejected');
  });

  it('throw at nothing', () => {
    const start = fc.constantFrom('', 'BEGIN:VCARD', 'MECARD:', 'BIZCARD:', 'mailto:', 'tel:', 'MATMSG:TO:', 'https://linkedin.com/in/'); // prettier-ignore
    fc.assert(
      fc.property(start, fc.string({ unit: 'binary' }), (head, tail) => void readQrText(head + tail)),
    );
    for (const piece of ['N:', ';', '\\', ' ', 'A:', ',']) readQrText(`MECARD:${piece.repeat(100_000)}`);
  });
});
