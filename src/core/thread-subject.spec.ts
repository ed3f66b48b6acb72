import { isFreeMailDomain } from './free-mail.js';
import { matchSubject, plainSubject, type SentSubject } from './thread-subject.js';

const SENT: SentSubject = {
  id: 'm1',
  contactId: 'grace',
  fullName: 'Grace Hop',
  to: 'grace@example.com',
  subject: 'Your talk on replayable builds',
  sentAt: new Date('2026-11-20T09:00:00Z'),
};
const MAIL = {
  from: 'joan@example.com',
  name: 'Joan Bright',
  subject: 'RE: Your talk on replayable builds',
  at: new Date('2026-11-26T09:00:00Z'),
};

describe('a thread known by its subject', () => {
  it.each([
    ['Re: AW: Fwd: Your talk', 'your talk'],
    ['SV: [EXTERNAL] Your   talk', 'your talk'],
    ['Re[2]: Your talk', 'your talk'],
    ['Automatic reply: Your talk', 'your talk'],
    ['回复：Your talk', 'your talk'],
    ['Reply to your talk', 'reply to your talk'],
  ])('reads %s as %s', (subject, plain) => {
    expect(plainSubject(subject)).toBe(plain);
  });

  it('is gone on with by a colleague at the same company', () => {
    expect(matchSubject(MAIL, [SENT])?.id).toBe('m1');
    const later = { ...SENT, id: 'm2', sentAt: new Date('2026-11-24T09:00:00Z') };
    expect(matchSubject(MAIL, [SENT, later])?.id).toBe('m2');
  });

  it.each([
    ['another company', { from: 'joan@example.org' }, {}],
    ['another subject', { subject: 'Your talk on builds' }, {}],
    ['a subject that is everybody’s', { subject: 'Re: Hello' }, { subject: 'Hello' }],
    ['a mail of long ago', { at: new Date('2027-02-01T09:00:00Z') }, {}],
    ['a mail of later', { at: new Date('2026-11-19T09:00:00Z') }, {}],
  ])('is not known by %s', (_, mail, sent) => {
    expect(matchSubject({ ...MAIL, ...mail }, [{ ...SENT, ...sent }])).toBeNull();
  });

  it('is gone on with by the person themselves from another account, by name and subject together', () => {
    const own = { ...MAIL, from: 'gh77@gmail.com', name: 'Hop, Grace' };
    expect(matchSubject(own, [SENT])?.id).toBe('m1');
    expect(matchSubject({ ...own, name: 'Grace' }, [SENT])).toBeNull();
    expect(matchSubject({ ...own, subject: 'Something else entirely' }, [SENT])).toBeNull();
    expect(matchSubject(own, [SENT, { ...SENT, id: 'm4', contactId: 'another Grace Hop' }])).toBeNull();
  });

  it('is never known at a provider of free mail', () => {
    const at = (domain: string): boolean =>
      matchSubject({ ...MAIL, from: `joan@${domain}` }, [{ ...SENT, to: `grace@${domain}` }]) !== null;
    expect(at('example.net')).toBe(true);
    for (const domain of ['gmail.com', 'web.de', 'qq.com'])
      expect([isFreeMailDomain(domain), at(domain)]).toEqual([true, false]);
  });

  it('does not choose between two people there who had the same subject', () => {
    expect(
      matchSubject(MAIL, [SENT, { ...SENT, id: 'm3', contactId: 'alan', to: 'alan@example.com' }]),
    ).toBeNull();
  });
});
