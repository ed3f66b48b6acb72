import fc from 'fast-check';
import { returnDate } from './return-date.js';

const friday = new Date('2026-11-20T09:00:00Z');

/** Text | first day back, or "-". Sent on Friday 20 November 2026. */
const TABLE = `
I am out of the office until November 30, 2026. | 2026-11-30
I am out until Monday, 30 November and will reply then. | 2026-11-30
I will be back on December 1st. | 2026-12-01
I will be away from 23 November to 27 November. | 2026-11-28
I will be away between 23 November and 27 November. | 2026-11-28
I am out through 27 November. | 2026-11-28
I am out until 27 November inclusive. | 2026-11-28
Out of office. Back on Monday. | 2026-11-23
I return on 2027-01-04. | 2027-01-04
Back 3 January. | 2027-01-03
I'm back in the office on Dec. 5 at 9:00. | 2026-12-05
On 30 November I will be back. | 2026-11-30
I am away until 27/11/2026. | 2026-11-27
I am away until 12/1/2026. | 2026-12-01
I am away from 23/11 and back on 4/12. | 2026-12-04
Back on Monday 12/7. | 2026-12-07
I will be traveling December 10-31. | 2027-01-01
Out of office Dec 21, 2026 - Jan 3, 2027. I will respond when I return. | 2027-01-04
I will be back in two weeks. | 2026-12-04
I will return tomorrow. | 2026-11-21
I am back next week. | 2026-11-23
I am away until the end of the month. | 2026-12-01
I am out until mid-January. | 2027-01-15
I will be back at the beginning of January. | 2027-01-01
I will be back in the new year. | 2027-01-01
I will be back on the 7th. | 2026-12-07
I am out of the office today. | 2026-11-21
I will be out of the office on Monday, 23 November. | 2026-11-24
I will get back to you on 30 November. | 2026-11-30
I am out until Friday 4 December. I will answer from Monday 7 December on. | 2026-12-07
I am on leave from 1 March 2027. | -
I am away until 31 February. | -
I am away. Call +49 30 11.11.11 until further notice. | -
Our office has moved on 1 December. | -
Thank you for your mail. | -
I may be back soon, my French says: mon retour. | -
I was due back on 18 November and am reading mail again. | -
I was away until 10 November. I am away again until 5 December. | 2026-12-05
I will be back on 5 December 2035. | -
I am back on 7 August 2027. | 2027-08-07
Ich bin bis zum 27.11.2026 nicht im Büro. | 2026-11-28
Ich bin bis einschließlich 27. November abwesend. | 2026-11-28
Ab dem 30.11. bin ich wieder für Sie erreichbar. | 2026-11-30
Vom 23.11. bis 27.11. bin ich im Urlaub, am 30.11. wieder im Büro. | 2026-11-30
Bin vom 23.11. bis 27.11. nicht im Büro und am Montag wieder erreichbar. | 2026-11-30
Abwesend 1.-5. Dezember. | 2026-12-06
Zurück bin ich am 3. Jänner. | 2027-01-03
Nächste Woche Dienstag bin ich wieder da. | 2026-11-24
Ich bin bis Ende Januar in Elternzeit. | 2027-02-01
Je suis absente jusqu’au 27 novembre 2026. | 2026-11-28
Je serai de retour le 1er décembre. | 2026-12-01
Je suis en congés du 1er au 5 décembre. | 2026-12-06
Je reviens la semaine prochaine. | 2026-11-23
Je répondrai à mon retour. | -
Estoy fuera de la oficina hasta el 27 de noviembre de 2026. | 2026-11-28
Volveré el lunes 7. | 2026-12-07
Sono assente fino al 27 novembre. | 2026-11-28
Rientro a gennaio. | 2027-01-01
Estarei ausente até 27 de novembro. | 2026-11-28
Regresso na segunda-feira. | 2026-11-23
Ik ben afwezig tot 27 november. | 2026-11-27
Ik ben afwezig tot en met 27 november. | 2026-11-28
Ik ben terug op 27-11-2026. | 2026-11-27
Jag är tillbaka den 30 november. | 2026-11-30
Jag är ledig t.o.m. 4 december. | 2026-12-05
Jeg er bortreist fra 23. til 27. november. | 2026-11-28
Olen lomalla 4.12. asti. | 2026-12-05
Palaan töihin 7. joulukuuta. | 2026-12-07
Jestem na urlopie do 4 grudnia. | 2026-12-05
Wracam do biura w styczniu. | 2027-01-01
Vrátím se v pondělí 7. prosince. | 2026-12-07
Я в отпуске по 4 декабря 2026. | 2026-12-05
4 Aralık 2026 tarihine kadar izindeyim. | 2026-12-04
12月5日まで不在にしております。 | 2026-12-06
12月1日(火)から5日(土)まで休暇をいただきます。 | 2026-12-06
１２月７日より出社いたします。 | 2026-12-07
来週月曜日に戻ります。 | 2026-11-23
12/7に復帰します。 | 2026-12-07
我于12月7日恢复上班。 | 2026-12-07
我休假至12月5日。 | 2026-12-06
下周二回来。 | 2026-11-24
月底前不在。 | 2026-12-01
`;

const SAMPLES = TABLE.trim()
  .split('\n')
  .map((line) => line.split(' | '));

describe('returnDate', () => {
  it.each(SAMPLES)('%s -> %s', (text = '', date) => {
    expect(returnDate(text, friday) ?? '-').toBe(date);
  });

  it('says nothing where day and month could be either', () => {
    expect(returnDate('I am away until 1/2/2026.', new Date('2025-12-29T09:00:00Z'))).toBeNull();
  });

  it('takes the day of return before the end of the absence, wherever it stands', () => {
    const text =
      'Ich bin bis 27.11. abwesend.\n\nI am away until 27 November and back on Monday 30 November.';
    expect(returnDate(text, friday)).toBe('2026-11-30');
  });

  it('reads only full dates when it is not known when the note was sent', () => {
    expect(returnDate('Back on Monday.', null)).toBeNull();
    expect(returnDate('I am away until 27 November 2026.', null)).toBe('2026-11-27');
    expect(returnDate('I am away until 27 November 2026.', new Date(NaN))).toBe('2026-11-27');
  });

  it('never throws, and gives a day from yesterday to eighteen months on, or nothing', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.nat({ max: 9999 }).map(String),
      fc.constantFrom(
        ...[
          'until ',
          'back on ',
          ' bis ',
          'May ',
          '.',
          '/',
          '-',
          ' ',
          'Monday',
          'zurück ',
          '\n',
          'まで',
          '月',
          '日',
        ],
        ...['end of ', 'in 3 weeks', 'to ', 'next week ', '下周', 'from ', 'außer haus am '],
      ),
    );
    fc.assert(
      fc.property(
        fc.array(piece).map((pieces) => pieces.join('')),
        fc.date({ min: new Date('1971-01-02'), max: new Date('8999-01-01'), noInvalidDate: true }),
        (text, sentOn) => {
          const date = returnDate(text, sentOn);
          if (date === null) return;
          const days = (Date.parse(date) - Date.parse(sentOn.toISOString().slice(0, 10))) / 86_400_000;
          expect(days).toBeGreaterThanOrEqual(-1);
          expect(days).toBeLessThanOrEqual(548);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('survives any date of the mail', () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: false }), (sentOn) => {
        expect(returnDate('Back on Monday, away until 5.12.', sentOn) ?? '2026-01-01').toMatch(
          /^\d{4}-\d\d-\d\d$/,
        );
      }),
    );
  });
});
