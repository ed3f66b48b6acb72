import fc from 'fast-check';
import {
  candidateAddresses,
  candidateIds,
  idsInBroken,
  matchThread,
  newMessageId,
  normaliseId,
  plusIds,
  replyHeaders,
  returned,
  type OurMessage,
  type ThreadMail,
} from './thread.js';

const mail = (part: Partial<ThreadMail> = {}): ThreadMail => ({
  inReplyTo: null,
  references: [],
  from: null,
  returnedIds: [],
  returnedRecipients: [],
  ...part,
});
const ours = (id: string, to: string, day: number): OurMessage => ({
  id,
  messageId: `<${id}@example.org>`,
  to,
  sentAt: new Date(Date.UTC(2026, 10, day)),
});

const first = ours('one', 'ada@example.com', 20);
const second = ours('two', 'ada@example.com', 27);
const other = ours('three', 'bob@example.com', 28);
const rows = [second, other, first];

describe('ids in a broken header', () => {
  const id = '0193a1b2-c3d4-7e5f-8a6b-1234567890ab@mail.example.org';
  it.each([
    ['folded inside', `<${id.slice(0, 20)}\r\n ${id.slice(20)}>`],
    ['without its end', `<${id} <other@example.net>`],
    ['escaped for HTML', `&lt;${id}&gt;`],
    ['among words', `Message from Ada of today, ${id}`],
  ])('are found %s', (_, value) => {
    expect(idsInBroken(value)).toEqual([`<${id}>`]);
  });

  it('are ours alone', () => {
    expect(idsInBroken('<CAK-1234@mail.example.net> <20261126.1234@x>')).toEqual([]);
  });
});

describe('matchThread', () => {
  it('follows In-Reply-To, whoever answers', () => {
    const answer = mail({ inReplyTo: 'one@example.org', from: 'assistant@example.com' });
    expect(matchThread(answer, rows)).toEqual({ kind: 'message', message: first, by: 'references' });
  });

  it('takes the newest of several References when In-Reply-To is not ours', () => {
    const answer = mail({
      inReplyTo: '<strange@example.net>',
      references: ['<one@example.org>', '< two@example.org >', '<strange@example.net>'],
    });
    expect(matchThread(answer, rows)).toMatchObject({ kind: 'message', message: second });
  });

  it('follows the returned id of a bounce before its addresses', () => {
    const bounce = mail({
      from: 'mailer-daemon@example.com',
      returnedIds: ['<one@example.org>'],
      returnedRecipients: ['bob@example.com'],
    });
    expect(matchThread(bounce, rows)).toEqual({ kind: 'message', message: first, by: 'dsn' });
  });

  it('follows a plus-address before what a bounce returns, and after an id', () => {
    const named = mail({ plusIds: ['three'], returnedIds: ['<one@example.org>'] });
    expect(matchThread(named, rows)).toEqual({ kind: 'message', message: other, by: 'plus-address' });
    const answer = mail({ plusIds: ['three'], inReplyTo: '<one@example.org>' });
    expect(matchThread(answer, rows)).toMatchObject({ message: first, by: 'references' });
  });

  it('falls back to the latest message to the sender, then to the returned recipient', () => {
    expect(matchThread(mail({ from: 'Ada@Example.com' }), rows)).toEqual({
      kind: 'sender',
      message: second,
      by: 'from',
      answers: true,
    });
    expect(
      matchThread(mail({ from: 'mailer-daemon@example.net', returnedRecipients: ['bob@example.com'] }), rows),
    ).toEqual({ kind: 'sender', message: other, by: 'returned-recipient', answers: true });
  });

  it('takes the last message before the mail, and none where all are later', () => {
    const on = (day: number) => matchThread(mail({ from: 'ada@example.com', at: new Date(Date.UTC(2026, 10, day)) }), rows); // prettier-ignore
    expect(on(25)).toMatchObject({ message: first, answers: true });
    expect(on(19)).toMatchObject({ message: { to: 'ada@example.com' }, answers: false });
  });

  it('a report that returns another’s id is about the person, and about no message of ours', () => {
    const back = { returnedIds: ['<by-hand@example.org>'], returnedRecipients: ['ada@example.com'] };
    expect(matchThread(mail(back), rows)).toMatchObject({
      message: { to: 'ada@example.com' },
      answers: false,
    });
  });

  it('matches nothing for a stranger', () => {
    expect(matchThread(mail({ from: 'eve@example.net', references: ['<x@example.net>'] }), rows)).toEqual({
      kind: 'none',
    });
  });
});

describe('candidates', () => {
  it('lists every id once, normalised, the direct answer first', () => {
    const all = candidateIds(
      mail({
        inReplyTo: 'b@example.org',
        references: ['<a@example.org> <b@example.org>'],
        returnedIds: [' <c@example.org>'],
      }),
    );
    expect(all).toEqual(['<b@example.org>', '<a@example.org>', '<c@example.org>']);
  });

  it('lists the addresses in lower case', () => {
    expect(
      candidateAddresses(mail({ from: 'Ada@Example.com', returnedRecipients: ['ada@example.com'] })),
    ).toEqual(['ada@example.com']);
  });

  it('never throws, and every id is bracketed without white space', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.array(fc.string({ unit: 'binary' })),
        (inReplyTo, references) => {
          const asked = mail({ inReplyTo, references, from: inReplyTo, returnedIds: references });
          expect(candidateIds(asked).every((id) => /^<[^\s<>]+>$/u.test(id))).toBe(true);
          expect(matchThread(asked, rows).kind).toBe('none');
        },
      ),
    );
    expect(normaliseId(' < a@example.org\r\n > ')).toBe('<a@example.org>');
    expect(normaliseId('<>')).toBeNull();
  });
});

describe('returned', () => {
  it('reads the headers of the returned mail, folded ones too, and not its body', () => {
    const content =
      'From: me@example.org\r\nTo: Ada <ada@example.com>\r\nMESSAGE-ID:\r\n <one@example.org>\r\n' +
      'References: <zero@example.org>\r\n\r\nTo: nobody@example.net\r\nMessage-ID: <wrong@example.net>';
    expect(returned({ text: '', parts: [{ contentType: 'message/rfc822; charset=x', content }] })).toEqual({
      ids: ['<one@example.org>', '<zero@example.org>'],
      recipients: ['ada@example.com'],
    });
  });

  it('reads headers copied into the text when no part is returned', () => {
    const text =
      'Your mail could not be delivered.\n\n> Message-ID: <one@example.org>\n> To: ada@example.com\n';
    expect(returned({ text, parts: [] })).toEqual({
      ids: ['<one@example.org>'],
      recipients: ['ada@example.com'],
    });
  });
});

describe('replyHeaders', () => {
  it.each(['Hello', 'Re: Hello', 'RE: Re: re:Hello', 'AW: Re[2]: Hello', 'SV: Hello '])(
    'answers %j with one Re:',
    (subject) => {
      expect(
        replyHeaders({ messageId: '<b@example.org>', references: ['<a@example.org>'], subject }),
      ).toEqual({
        inReplyTo: '<b@example.org>',
        references: ['<a@example.org>', '<b@example.org>'],
        subject: 'Re: Hello',
      });
    },
  );

  it('keeps a subject that only looks like a prefix', () => {
    const headers = replyHeaders({
      messageId: '<b@example.org>',
      references: [],
      subject: 'Research: an idea',
    });
    expect(headers.subject).toBe('Re: Research: an idea');
  });

  it('folds long References to the first and the last ten, and into one line', () => {
    const ids = Array.from({ length: 30 }, (_, index) => `<n${index}@example.org>`);
    const { references } = replyHeaders({ messageId: '<last@example.org>', references: ids, subject: 'x' });
    expect(references).toEqual([ids[0], ...ids.slice(-9), '<last@example.org>']);

    const long = ids.map((id) => id.replace('@', `${'x'.repeat(200)}@`));
    const folded = replyHeaders({
      messageId: '<last@example.org>',
      references: long,
      subject: 'x',
    }).references;
    expect(folded.join(' ').length).toBeLessThan(998);
    expect([folded[0], folded.at(-1)]).toEqual([long[0], '<last@example.org>']);
  });

  it('gives the same subject however often it is applied', () => {
    fc.assert(
      fc.property(fc.string(), (subject) => {
        const once = replyHeaders({ messageId: '<a@example.org>', references: [], subject });
        const twice = replyHeaders({
          messageId: '<b@example.org>',
          references: once.references,
          subject: once.subject,
        });
        expect(twice.subject).toBe(once.subject);
      }),
    );
  });
});

describe('newMessageId', () => {
  it('joins UUID and domain, other scripts as A-labels', () => {
    const uuid = '019AA3B0-7c1e-7abc-8def-0123456789ab';
    expect(newMessageId(uuid, 'Example.org')).toBe(`<${uuid.toLowerCase()}@example.org>`);
    expect(newMessageId(uuid, 'müller.example.org')).toBe(
      `<${uuid.toLowerCase()}@xn--mller-kva.example.org>`,
    );
  });

  it('refuses anything else', () => {
    expect(() => newMessageId('x', 'example.org')).toThrow(RangeError);
    expect(() => newMessageId('019aa3b0-7c1e-7abc-8def-0123456789ab', 'a>\r\nBcc: x')).toThrow(RangeError);
  });
});

describe('plusIds', () => {
  const ID = '019ab1c2-0000-7abc-8def-0123456789ab';
  const HEX = ID.replaceAll('-', '');

  it.each([
    [`ada+${ID}@example.org`],
    [`Ada+${HEX.toUpperCase()}@Example.org`],
    [`ada+m-${HEX}@example.org`],
  ])('reads %s', (address) => {
    expect(plusIds(['bob@example.org', address], ['ada@example.org'])).toEqual([ID]);
  });

  it.each([
    `eve+${ID}@example.org`,
    `ada+${ID}@example.net`,
    `ada+news@example.org`,
    `ada+0${HEX}@example.org`,
    ID,
  ])('reads nothing in %s', (address) => {
    expect(plusIds([address], ['ada@example.org'])).toEqual([]);
  });
});
