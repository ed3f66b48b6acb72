import fc from 'fast-check';
import { asksIn, returnDate, wantsOut } from './inbound-words.js';

describe('wantsOut', () => {
  it.each([
    'no more',
    'No more, please.',
    'Hi Ben,\n\nplease stop.\n\nAda',
    'STOP',
    'Please unsubscribe me from this.',
    'Could you remove me from your list? Thanks',
    'Take me off this list.',
    'Please stop emailing me.',
    'Thanks for the talk, but please no further emails.',
    "Don't contact me again.",
    'I would like to opt out.',
    'Please delete my data.',
    'Bitte keine Mails mehr.',
    'Guten Tag,\nbitte keine weiteren E-Mails. Danke',
    'Bitte schreiben Sie mir nicht mehr.',
    'Lassen Sie mich bitte in Ruhe.',
    'Bitte nehmen Sie mich aus dem Verteiler.',
    'Nehmen Sie mich bitte aus Ihrem Verteiler.',
    'Bitte löschen Sie meine Daten.',
    'Merci de ne plus… non : ne m’écrivez plus.',
    'Désabonnez-moi.',
    'No me escribas más, por favor.',
    'Quiero darme de baja.',
    'Non scrivermi più.',
    'Rimuovimi dalla lista',
    'Não me envie mais mensagens.',
    'Graag geen mails meer.',
    'Sluta mejla mig.',
  ])('hears %j', (text) => {
    expect(wantsOut(text)).toBe(true);
  });

  it.each([
    'Please stop by our booth next week!',
    'I have no more questions.',
    'There is no more room in the car, sorry.',
    'Could you stop sending the zip and use a link?',
    'Please don’t stop sending these, I enjoy them.',
    'I unsubscribed from Netflix after your talk.',
    'Not interested in Rust, but the database part is fascinating.',
    'Just answer "no more" if this is not for you.',
    'If this is not for you, just answer “no more”.',
    "Wenn das nichts für dich ist, antworte einfach 'keine Mails mehr'.",
    'Do not write to me at this address, use ada@example.com instead.',
    'Ich habe keine Nachrichten von ihm gehört.',
    'Ich muss mich noch für die Konferenz abmelden, wir sehen uns dann im Mai in Berlin wieder.',
    'I was out of office last week, sorry.',
    '',
  ])('does not hear it in %j', (text) => {
    expect(wantsOut(text)).toBe(false);
  });
});

describe('asksIn', () => {
  it('finds questions and requests, not courtesies and links', () => {
    const text =
      'Hi Ben,\n\nhow are you? Thanks for the note. Could you send me the slides by Friday. ' +
      'See https://example.org/?page=2 for mine.\nDo you know the Berlin meetup? Please find attached my card. ' +
      'Kannst du mir auch das Video schicken.\n\nBest\nAda';
    expect(asksIn(text)).toEqual([
      'Could you send me the slides by Friday.',
      'Do you know the Berlin meetup?',
      'Kannst du mir auch das Video schicken.',
    ]);
  });

  it('asks nothing for a plain answer, and keeps each ask short', () => {
    expect(asksIn('Thank you, that was kind. See you in May.')).toEqual([]);
    expect(asksIn(`Why ${'so '.repeat(400)}long?`)[0]?.length ?? 0).toBeLessThanOrEqual(300);
  });
});

describe('returnDate', () => {
  const friday = new Date('2026-11-20T09:00:00Z');
  it.each([
    ['I am out of the office until November 30, 2026.', '2026-11-30'],
    ['I am out until Monday, 30 November and will reply then.', '2026-11-30'],
    ['I will be back on December 1st.', '2026-12-01'],
    ['I will be away from 23 November to 27 November.', '2026-11-27'],
    ['I am out through 27 November.', '2026-11-28'],
    ['Out of office. Back on Monday.', '2026-11-23'],
    ['I return on 2027-01-04.', '2027-01-04'],
    ['Back 3 January.', '2027-01-03'],
    ['I am back in the office on 3 January.', '2027-01-03'],
    ['I was due back on 18 November and am reading mail again.', '2026-11-18'],
    ['Ich bin bis zum 27.11.2026 nicht im Büro.', '2026-11-27'],
    ['Ich bin bis einschließlich 27. November abwesend.', '2026-11-28'],
    ['Ab dem 30.11. bin ich wieder für Sie erreichbar.', '2026-11-30'],
    ['Vom 23.11. bis 27.11. bin ich im Urlaub, am 30.11. wieder im Büro.', '2026-11-30'],
    ['Je suis absente jusqu’au 27 novembre 2026.', '2026-11-27'],
    ['Je serai de retour le 1er décembre.', '2026-12-01'],
    ['Estoy fuera de la oficina hasta el 27 de noviembre de 2026.', '2026-11-27'],
    ['Sono assente fino al 27 novembre.', '2026-11-27'],
    ['Estarei ausente até 27 de novembro.', '2026-11-27'],
    ['Ik ben afwezig tot 27 november.', '2026-11-27'],
    ['Ik ben terug op 27-11-2026.', '2026-11-27'],
    ['Jag är tillbaka den 30 november.', '2026-11-30'],
    ['I am away until 27/11/2026.', '2026-11-27'],
    ['I am away until 12/1/2026.', '2026-12-01'],
    ['I am away until 12/11/2026.', '2026-12-11'],
    ['I am away until 31 February.', null],
    ['I am away. Call +49 30 11.11.11 until further notice.', null],
    ['Our office has moved on 1 December.', null],
    ['Thank you for your mail.', null],
  ])('%s -> %s', (text, date) => {
    expect(returnDate(text, friday)).toBe(date);
  });

  it('says nothing where day and month could be either', () => {
    expect(returnDate('I am away until 1/2/2026.', new Date('2025-12-29T09:00:00Z'))).toBeNull();
  });

  it('reads only full dates when it is not known when the note was sent', () => {
    expect(returnDate('Back on Monday.', null)).toBeNull();
    expect(returnDate('I am away until 27 November 2026.', null)).toBe('2026-11-27');
    expect(returnDate('I am away until 27 November 2026.', new Date(NaN))).toBe('2026-11-27');
  });

  it('never throws, and gives a date or nothing', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.nat({ max: 9999 }).map(String),
      fc.constantFrom('until ', 'back on ', ' bis ', 'May ', '.', '/', '-', ' ', 'Monday', 'zurück ', '\n'),
    );
    fc.assert(
      fc.property(
        fc.array(piece).map((pieces) => pieces.join('')),
        fc.date({ noInvalidDate: false }),
        (text, sentOn) => {
          expect(returnDate(text, sentOn) ?? '2026-01-01').toMatch(/^\d{4}-\d\d-\d\d$/);
          expect(typeof wantsOut(text)).toBe('boolean');
          expect(asksIn(text).length).toBeLessThanOrEqual(20);
        },
      ),
      { numRuns: 300 },
    );
  });
});
