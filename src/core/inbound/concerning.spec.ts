import { concerning } from './concerning.js';
import type { BounceVerdict } from './verdict.js';

const REPORT: BounceVerdict = {
  kind: 'bounce',
  severity: 'hard',
  recipient: 'grace@example.com',
  status: '5.1.1',
  reason: 'user-unknown',
  diagnostic: '550 5.1.1 no such user',
  why: 'a report',
};
const about = (over: Partial<BounceVerdict>) =>
  concerning({ ...REPORT, ...over }, 'grace@example.com', (address) => address.toLowerCase());

describe('whom a report is about', () => {
  it.each([
    ['the address itself', { recipient: 'Grace@Example.com' }],
    ['the mailbox at a host of its own', { recipient: 'grace@mx1.example.com' }],
    [
      'an address it forwards to, where the report says so',
      { recipient: 'old@example.net', originalRecipient: 'grace@example.com' },
    ],
    ['whoever the returned mail went to', { recipient: null }],
  ])('is %s', (_, over) => {
    expect(about(over)).toMatchObject({ severity: 'hard' });
  });

  it.each(['old@example.net', 'grace@example.net', 'grace@notexample.com'])('is not %s', (recipient) => {
    expect(about({ recipient })).toBeNull();
  });

  it('is one of several, with what is said of that one', () => {
    const other = { status: '5.1.1', reason: 'user-unknown' as const, severity: 'hard' as const };
    const ours = { recipient: 'grace@example.com', status: '4.2.2', reason: 'mailbox-full' as const };
    const recipients = (severity: 'soft' | null) => [
      { recipient: 'old@example.net', ...other },
      { ...ours, severity },
    ];
    expect(about({ recipient: 'old@example.net', recipients: recipients('soft') })).toMatchObject({
      kind: 'bounce',
      severity: 'soft',
      reason: 'mailbox-full',
    });
    expect(about({ recipient: 'old@example.net', recipients: recipients(null) })).toMatchObject({
      kind: 'delay',
    });
  });
});
