import { readSignature } from './inbound/signature.js';
import { signatureNews, type KnownCard } from './signature-news.js';

const GRACE: KnownCard = {
  fullName: 'Grace Hop',
  title: 'Senior Engineer',
  company: 'Example GmbH',
  phones: ['+493012345678'],
  region: 'DE',
};
const news = (lines: string[], known: Partial<KnownCard> = {}) =>
  signatureNews(readSignature(lines), { ...GRACE, ...known });

describe('what a signature says anew', () => {
  it('is a title, a company, a number that was not known', () => {
    expect(news(['Grace Hop', 'Head of Engineering', 'Analytical Ltd', '+49 151 23456789'])).toEqual({
      title: 'Head of Engineering',
      company: 'Analytical Ltd',
      phone: '+4915123456789',
    });
  });

  it('is nothing where it says what is known, in other words', () => {
    expect(news(['Grace Hop', 'Sr. Engineer', 'Example', 'Tel.: 030 12345678'])).toBeNull();
    expect(news(['Sent from my phone'])).toBeNull();
  });

  it('is nothing where another signs', () => {
    expect(news(['Joan Bright', 'Executive Assistant', 'Example GmbH', '+49 151 23456789'])).toBeNull();
  });

  it('is new where nothing was known', () => {
    expect(news(['Grace Hop', 'Engineer'], { title: null })).toEqual({
      title: 'Engineer',
      company: null,
      phone: null,
    });
  });
});
