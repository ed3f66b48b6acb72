import fc from 'fast-check';
import { canonicalEmail, canonicalPhone, isRoleAddress, linkedinSlug } from './identity.js';

describe('addresses', () => {
  it('are compared without case, and by the known ways of their provider', () => {
    expect(canonicalEmail(' Jo.Berg@Example.COM ')).toBe('jo.berg@example.com');
    expect(canonicalEmail('J.o.Berg+devconf@googlemail.com')).toBe('joberg@gmail.com');
    expect(canonicalEmail('jo.berg+x@outlook.com')).toBe('jo.berg@outlook.com');
    expect(canonicalEmail('jo+x@example.org')).toBe('jo+x@example.org');
    expect(canonicalEmail('jo@bücher.example.org')).toBe('jo@xn--bcher-kva.example.org');
  });

  it.each([
    ['j_d.oe+x@pm.me', 'jdoe@proton.me'],
    ['jane.doe@ya.ru', 'jane-doe@yandex.ru'],
    ['shop@jane.fastmail.com', 'jane@fastmail.com'],
    ['jane+x@mac.com', 'jane@icloud.com'],
    ['"jane.doe"@example.com', 'jane.doe@example.com'],
    ['jane-x@yahoo.com', 'jane-x@yahoo.com'],
    ['+x@gmail.com', '+x@gmail.com'],
  ])('%s is %s by what the provider says', (written, canonical) => {
    expect(canonicalEmail(written)).toBe(canonical);
    expect(canonicalEmail(canonical)).toBe(canonical);
  });

  it.each([
    '',
    'not-an-address',
    'a@b',
    '@example.com',
    'a@',
    'a b@example.com',
    'a..b@example.com',
    '.a@example.com',
    'a@-x.example.com',
    'a@example.com\r\nBcc: b@example.org',
    'a@example.com,b@example.com',
    `${'a'.repeat(65)}@example.com`,
    'ａ@example.com',
    'a@1.2.3.4',
    'a\u0000@example.com',
  ])('%j is none', (text) => {
    expect(canonicalEmail(text)).toBeNull();
  });

  it('canonical is a fixed point', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        const canonical = canonicalEmail(address);
        if (canonical !== null) expect(canonicalEmail(canonical)).toBe(canonical);
      }),
    );
  });

  it('of desks are told from people', () => {
    for (const local of [
      'info',
      'Office',
      'no-reply',
      'sales.emea',
      'hello',
      'kontakt',
      'noreply+1',
      'info2',
      'eu-sales',
      'team.berlin',
      'klantenservice',
    ])
      expect(isRoleAddress(`${local}@example.com`)).toBe(true);
    for (const local of ['jo', 'jo.berg', 'infanta', 'salesa', 'jobs.steve'])
      expect(isRoleAddress(`${local}@example.com`)).toBe(false);
  });
});

describe('LinkedIn profiles', () => {
  it.each([
    ['https://www.linkedin.com/in/Jo-Berg-7a5', 'jo-berg-7a5'],
    ['http://de.linkedin.com/in/jo-berg/de?trk=abc#x', 'jo-berg'],
    ['linkedin.com/in/j%C3%B6rg-wei%C3%9F/', 'jörg-weiß'],
    ['/in/jo-berg', 'jo-berg'],
    ['jo-berg', 'jo-berg'],
    ['https://www.linkedin.com/mwlite/in/jo-berg', 'jo-berg'],
    ['https://m.linkedin.com/in/jo-berg/?locale=de_DE', 'jo-berg'],
    ['LinkedIn: linkedin.com/in/jo-berg.', 'jo-berg'],
    ['@jo-berg', 'jo-berg'],
    ['http://www.linkedin.com/pub/jo-berg/1a/29b/3c', 'jo-berg-03c29b1a'],
  ])('%s', (text, slug) => expect(linkedinSlug(text)).toBe(slug));

  it.each(['https://www.linkedin.com/company/lumen', 'https://notlinkedin.com/in/jo', 'https://lnkd.in/abc', 'https://www.linkedin.com/sales/lead/ACw,NAME', 'https://www.linkedin.com/pub/dir/Jo/Berg', '12345', 'https://example.com/in/jo', 'Jo Berg', 'jo@example.com', '', 'n/a', 'yes', 'https://www.linkedin.com/in/%E0%A4%A'])(
    '%j is none, or itself without throwing', (text) => expect([null, '%e0%a4%a']).toContain(linkedinSlug(text)),
  ); // prettier-ignore
});

describe('phones', () => {
  it('are E.164 where the country is told, and nothing where it is not', () => {
    expect(canonicalPhone('+49 (0)30 1234567')).toBe('+49301234567');
    expect(canonicalPhone('0049 30 1234567')).toBe('+49301234567');
    expect(canonicalPhone('030 1234567', 'Deutschland')).toBe('+49301234567');
    expect(canonicalPhone('(415) 555-2671', 'us')).toBe('+14155552671');
    expect(canonicalPhone('030 1234567')).toBeNull();
    expect(canonicalPhone('12', 'DE')).toBeNull();
  });

  it.each([
    ['(0049) 30 1234567', '', '+49301234567'],
    ['+0049 30 1234567', '', '+49301234567'],
    ['+49 30 1234567 DW 12', '', '+49301234567'],
    ['+1 213 555 1234 x102', '', '+12135551234'],
    ['1-800-FLOWERS', 'USA', '+18003569377'],
    ['8 (495) 123-45-67', 'Россия', '+74951234567'],
    ['０３０ １２３４５６７', 'ドイツ', '+49301234567'],
    ['+49301234567.0', '', '+49301234567'],
    ['4.93012E+11', '', null],
    ['+12', '', null],
  ])('%s in %j is %s', (written, region, number) => {
    expect(canonicalPhone(written, region)).toBe(number);
    if (number !== null) expect(canonicalPhone(number)).toBe(number);
  });

  it('throw at nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, region) => {
        canonicalPhone(text, region);
        canonicalEmail(text);
        linkedinSlug(text);
        isRoleAddress(text);
      }),
    );
  });
});
