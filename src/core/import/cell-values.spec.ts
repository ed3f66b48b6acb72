import fc from 'fast-check';
import { cellText, readEmails, readForm, readPhones, readPriority, yesOrNo } from './cell-values.js';
import { nameOfParts } from './names.js';
import { partsName, rowName } from './plain-name.js';

describe('single cells', () => {
  it.each([
    [
      true,
      [
        'yes',
        'Y',
        'TRUE',
        '1',
        'Ja',
        'oui',
        'sí',
        'Sim',
        'tak',
        'ano',
        'да',
        'はい',
        'Yes, I agree',
        'Opted in',
        '✓',
      ],
    ],
    [
      false,
      [
        'no',
        'N',
        'false',
        '0',
        'Nein',
        'non',
        'não',
        'nie',
        'нет',
        'いいえ',
        'No, thank you',
        'opted out',
        'Not given',
        'widerrufen',
        'denied',
      ],
    ],
    [
      undefined,
      [
        '',
        'maybe',
        '2026-05-01',
        'pending',
        '?',
        'norway',
        'yesterday',
        '12',
        '0 of 3',
        'legitimate interest',
      ],
    ],
  ])('%s is said by %j', (answer, texts) => {
    for (const text of texts) expect([text, yesOrNo(text)]).toEqual([text, answer]);
  });

  it.each([
    [
      'hot',
      [
        'Hot',
        'HOT lead',
        'heiß',
        'chaud',
        'caliente',
        'A',
        'A-lead',
        '5 stars',
        '4/5',
        '★★★★★',
        'High',
        'hoch',
      ],
    ],
    ['warm', ['warm', 'tiède', 'tibio', 'B', '3 stars', '3/5', '★★★', 'Medium', 'mittel']],
    ['cold', ['Cold', 'kalt', 'froid', 'C', '1 star', '2/5', '★☆☆☆☆', 'low', 'not interested']],
    [undefined, ['', 'Acquired', '7', '3', 'D', '85%', '9/10', 'Normal', 'n/a']],
  ])('%s is said by %j', (priority, texts) => {
    for (const text of texts) expect([text, readPriority(text, 'Priority')]).toEqual([text, priority]);
  });

  it('takes a bare number for stars only under a header that speaks of a rating', () => {
    expect([readPriority('5', 'Lead Rating'), readPriority('3', 'Bewertung (Sterne)'), readPriority('9', 'Rating')]).toEqual(['hot', 'warm', undefined]); // prettier-ignore
  });

  it('takes du and Sie, tu and vous for a form of address, and "Herr" for none', () => {
    expect(['Du', 'per Du', 'tutoiement', 'jij'].map(readForm)).toEqual(new Array(4).fill('informal'));
    expect(['Sie', 'Vous', 'usted', 'Lei'].map(readForm)).toEqual(new Array(4).fill('formal'));
    expect(['Herr', 'Dr.', '', 'yes', 'Monsieur'].map(readForm)).toEqual(new Array(5).fill(undefined));
  });

  it('takes exactly one apostrophe off before what a spreadsheet would compute', () => {
    expect(["'=1+1", "''=x", "'+49 30", "'@a", "'t Hooft", "'", '=1+1'].map(cellText)).toEqual(['=1+1', "'=x", '+49 30', '@a', "'t Hooft", "'", '=1+1']); // prettier-ignore
  });

  it('reads addresses with marks of direction around them, and leaves the ones of Exchange out', () => {
    expect(readEmails('\u202ajo@example.com\u202c')).toEqual({
      kind: 'addresses',
      emails: ['jo@example.com'],
    });
    expect(readEmails('/o=ExchangeLabs/ou=x/cn=Recipients/cn=jo')).toEqual({ kind: 'addresses', emails: [] });
    expect(readEmails('ｊｏ＠example.com')).toEqual({ kind: 'addresses', emails: ['jo@example.com'] });
  });

  it('reads numbers by the country of the row, else by the region of the event', () => {
    expect(readPhones('030 1234567', 'Germany', 'US')).toEqual(['+49301234567']);
    expect(readPhones('030 1234567', '', 'DE')).toEqual(['+49301234567']);
    expect(readPhones('030 1234567', 'nowhere', 'Germany')).toEqual(['+49301234567']);
    expect(readPhones('030 1234567', undefined)).toEqual(['030 1234567']);
  });
});

describe('the short way of reading names says what the long way says', () => {
  const word = fc.oneof(
    fc.stringMatching(/^[A-Z][a-z]{1,8}$/),
    fc.constantFrom(
      'Dr',
      'And',
      'Und',
      'Wang',
      'Nguyen',
      'Team',
      'Bank',
      'Ag',
      'Co',
      'No',
      'Reply',
      'Van',
      'De',
      'Ma',
      'Sales',
      'Linkedin',
      'Member',
      'McKay',
      'OTTO',
      'ada',
    ),
  );

  it('for parts of one word', () => {
    fc.assert(
      fc.property(word, word, (given, family) => {
        const parts = { given, family, middle: '', prefix: '', suffix: '' };
        expect(partsName(parts)).toEqual(nameOfParts(parts));
      }),
      { numRuns: 3_000 },
    );
  });

  it('shows a whole name beside its parts where it holds them as people are spoken of', () => {
    const parts = { given: 'Jane', family: 'Roe', middle: '', prefix: '', suffix: '' };
    const full = (whole: string): string => rowName(whole, parts).full;
    expect(['Dr. Jane Q. Roe', 'Roe, Jane', 'jane@example.com', 'JR', '', 'Jane Roe, PhD'].map(full)).toEqual(['Dr. Jane Q. Roe', 'Jane Roe', 'Jane Roe', 'Jane Roe', 'Jane Roe', 'Jane Roe, PhD']); // prettier-ignore
  });
});
