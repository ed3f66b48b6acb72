import fc from 'fast-check';
import { isContactLine, readSignature } from './signature.js';

describe('what a signature says', () => {
  it('reads name, title, company and the ways to reach somebody, as written', () => {
    expect(
      readSignature([
        '-- ',
        'Ada Lovelace',
        'Head of Engines',
        'Analytical GmbH',
        '12 Example Street, 10115 Berlin',
        'Tel.: +49 (0)30 123 45-67 | Mobile: 0171 2345678',
        'Fax: +49 30 9999999',
        'ada@example.org | https://www.example.org/ada',
      ]),
    ).toEqual({
      name: 'Ada Lovelace',
      title: 'Head of Engines',
      company: 'Analytical GmbH',
      phones: ['+49 (0)30 123 45-67', '0171 2345678'],
      emails: ['ada@example.org'],
      urls: ['https://www.example.org/ada'],
    });
  });

  it.each([
    [
      ['Dr. Ada Lovelace, PhD', 'CTO at Example Engines'],
      { name: 'Dr. Ada Lovelace', title: 'CTO', company: 'Example Engines' },
    ],
    [
      ['Ada Lovelace | Director, Product Management'],
      { name: 'Ada Lovelace', title: 'Director, Product Management' },
    ],
    [['Ada Lovelace, Geschäftsführerin'], { name: 'Ada Lovelace', title: 'Geschäftsführerin' }],
    [
      ['Jürgen Müller', 'Leiter Einkauf, Beispiel AG'],
      { name: 'Jürgen Müller', title: 'Leiter Einkauf', company: 'Beispiel AG' },
    ],
    [
      ['*Marie Dupont*', 'Ingénieure', 'Exemple SARL'],
      { name: 'Marie Dupont', title: 'Ingénieure', company: 'Exemple SARL' },
    ],
    [['Sent from my iPhone'], {}],
    [['Best regards'], {}],
  ])('reads %j', (lines, facts) => {
    const { phones, emails, urls, ...rest } = readSignature(lines);
    expect(rest).toEqual(facts);
    expect([...phones, ...emails, ...urls]).toEqual([]);
  });

  it('takes no register, account or date for a phone', () => {
    expect(
      readSignature(['HRB 1234567 B', 'VAT 123456789', 'IBAN DE02 1203 0000 0000 2020 51', '2026-11-30'])
        .phones,
    ).toEqual([]);
  });

  it('tells a way to reach somebody from a sentence', () => {
    expect(
      ['+49 30 1234567', 'Phone: 030/1234567', 'ada@example.org', 'www.example.org'].map(isContactLine),
    ).toEqual([true, true, true, true]);
    expect(
      [
        'Ada Lovelace',
        'I can be reached there all day under +49 30 1234567',
        'see you on 3 May',
        'That makes 1,000,000.',
      ].map(isContactLine),
    ).toEqual([false, false, false, false]);
  });

  it('never throws, and finds only what is there', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string({ unit: 'binary' }),
            fc.constantFrom('Tel. +49 30 1234567', 'a@example.org', 'CEO', ' | '),
          ),
        ),
        (lines) => {
          const { phones, emails, urls } = readSignature(lines);
          const all = lines.join('\n');
          for (const found of [...phones, ...emails, ...urls]) expect(all).toContain(found);
        },
      ),
    );
  });
});
