import { candidateFingerprint } from './fingerprint.js';
import type { Candidate } from './records.js';

const jane: Candidate = {
  name: { full: 'Jane Doe', given: 'Jane' },
  emails: ['b@example.com', 'a@example.com'],
  phones: [],
  company: 'Lumen',
};

/** Something else in every place a candidate has: a new field without a place here does not compile. */
const otherwise: Required<Candidate> = {
  name: { full: 'Jane Doe', given: 'Jane', family: 'Doe' },
  emails: ['a@example.com'],
  phones: ['+49301234567'],
  linkedin: 'jane-doe',
  company: 'Oslo',
  title: 'CTO',
  city: 'Oslo',
  country: 'NO',
  birthday: '--03-15',
  language: 'nb',
  zone: 'Europe/Oslo',
  notes: 'bees',
  whereMet: 'at the bees',
  sign: { kind: 'scan', at: '2026-11-18' },
  event: 'DevConf',
  consent: false,
  origin: 'Referral',
  priority: 'hot',
  form: 'informal',
  message: { at: '2026-11-18', from: 'them', text: 'bees' },
  contactId: '019a9000-0000-7000-8000-000000000001',
  encounters: [
    { event: 'DevConf', startsOn: '2026-11-18', endsOn: '2026-11-20', zone: 'Europe/Oslo', kind: 'met' },
  ],
};

describe('the fingerprint of a row', () => {
  it('is the same for the same saying, however its keys and addresses are ordered', () => {
    const same: Candidate = {
      company: 'Lumen',
      title: undefined,
      phones: [],
      emails: ['a@example.com', 'b@example.com'],
      name: { given: 'Jane', full: 'Jane Doe' },
    };
    expect(candidateFingerprint(same, 'table')).toBe(candidateFingerprint(jane, 'table'));
  });

  it('differs with whatever is said, and with the format', () => {
    const all = Object.keys(otherwise).map((key) =>
      candidateFingerprint({ ...jane, [key]: otherwise[key as keyof Candidate] }, 'table'),
    );
    const texts = [candidateFingerprint(jane, 'table'), candidateFingerprint(jane, 'vcard'), ...all];
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('takes the same words in another place for another saying', () => {
    const text = (more: Partial<Candidate>): string => candidateFingerprint({ ...jane, ...more }, 'table');
    expect(text({ title: 'Lumen', company: undefined })).not.toBe(text({}));
    expect(text({ sign: { kind: 'scan' } })).not.toBe(text({ sign: { kind: 'listed' } }));
  });
});
