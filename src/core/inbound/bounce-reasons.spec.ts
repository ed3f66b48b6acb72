import { plainCode, reasonInCode, reasonInWords } from './bounce-reasons.js';

describe('reasonInWords', () => {
  it.each([
    ['550 5.1.1 <ada@example.com>: Recipient address rejected: no such user', 'user-unknown'],
    ['550 ce destinataire est inconnu', 'user-unknown'],
    ['550 收件人不存在', 'user-unknown'],
    ['550 5.1.2 the domain example.com was not found', 'host-unknown'],
    ['552 ada has exceeded her disk quota', 'mailbox-full'],
    ['552 Das Postfach ist voll', 'mailbox-full'],
    ['550 this account has been disabled', 'suspended'],
    ['551 the user has moved, no forwarding address is known', 'moved'],
    ['554 192.0.2.1 is listed at rbl.example.net', 'policy'],
    ['550 sender address rejected: not known here', 'policy'],
    ['554 this message looks like spam to us', 'spam'],
    ['550 unauthenticated mail is refused because of the DMARC policy of example.org', 'authentication'],
    ['552 the message is larger than what this host takes', 'size'],
    ['554 a virus was found in the attachment', 'content'],
    ['the message has been in the queue too long', 'expired'],
    ['connect to mx.example.com: Connection refused', 'network'],
    ['451 internal system error', 'system'],
    ['554 5.7.1 relaying denied', 'relay'],
    ['421 too many connections from your host', 'rate'],
  ])('%s: %s', (said, reason) => {
    expect(reasonInWords(said)).toBe(reason);
  });

  it('takes no reason from an address or from a link of continuation codes', () => {
    expect(reasonInWords('<mailbox-full@example.com> not now')).toBeNull();
    expect(reasonInWords('550-5.7.1 mail was marked as\n550 5.7.1 spam by our filters')).toBe('spam');
  });

  it('blames the sender where the sender was refused', () => {
    expect(reasonInWords('550 unknown user (in reply to MAIL FROM command)')).toBe('policy');
  });
});

describe('reasonInCode', () => {
  it('knows RFC 3463, and which codes leave no doubt', () => {
    expect(reasonInCode('5.1.1')).toBe('user-unknown');
    expect(reasonInCode('4.4.7')).toBe('expired');
    expect(plainCode('5.2.2')).toBe('mailbox-full');
    expect(plainCode('5.7.26')).toBe('authentication');
    expect(plainCode('5.1.1')).toBeNull();
    expect(reasonInCode('5.0.0')).toBeNull();
  });
});
