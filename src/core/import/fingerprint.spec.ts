import { candidateFingerprint } from './fingerprint.js';
import type { Candidate } from './records.js';

const jane: Candidate = {
  name: { full: 'Jane Doe', given: 'Jane' },
  emails: ['b@example.com', 'a@example.com'],
  phones: [],
  company: 'Lumen',
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

  it('differs with what is said and with the format', () => {
    expect(candidateFingerprint({ ...jane, company: 'Oslo' }, 'table')).not.toBe(
      candidateFingerprint(jane, 'table'),
    );
    expect(candidateFingerprint(jane, 'vcard')).not.toBe(candidateFingerprint(jane, 'table'));
  });
});
