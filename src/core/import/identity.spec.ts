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
    for (const local of ['info', 'Office', 'no-reply', 'sales.emea', 'hello', 'kontakt', 'noreply+1'])
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
  ])('%s', (text, slug) => expect(linkedinSlug(text)).toBe(slug));

  it.each(['https://www.linkedin.com/company/lumen', 'https://notlinkedin.com/in/jo', 'https://example.com/in/jo', 'Jo Berg', 'jo@example.com', '', 'n/a', 'yes', 'https://www.linkedin.com/in/%E0%A4%A'])(
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
