import { rows } from '../../src/database/rows.js';
import { forSomebody, type Chosen, type Moves, type Play } from './chosen.js';
import { DAY, nextDate, settledOn, startOf, wall, type Heard, type Person } from './rules.js';
import type { Taken } from './ears.js';
import { Wrong, type Side, type World } from './world.js';

interface Letter {
  from: string;
  subject?: string;
  headers?: string[];
  text: string;
}

let letters = 0;
/** A mail as it is written, dated now. */
export function letterFrom(
  world: World,
  letter: Letter & { to: string },
): { raw: string; messageId: string } {
  const { from, to, subject, headers = [], text } = letter;
  const plain = headers.some((one) => /^content-type/i.test(one))
    ? []
    : ['Content-Type: text/plain; charset=utf-8'];
  const messageId = `<h-${(letters += 1)}@example.com>`;
  const raw = [
    `From: ${from}`,
    `To: <${to}>`,
    `Subject: ${subject ?? 'Re: After DevConf'}`,
    `Message-ID: ${messageId}`,
    `Date: ${world.now.toUTCString()}`,
    'MIME-Version: 1.0',
    ...plain,
    ...headers,
    '',
    text,
  ].join('\r\n');
  return { raw, messageId };
}

async function handIn(world: World, side: Side, raw: string): Promise<Taken> {
  const answer = await world.app.http
    .post('/inbound')
    .set('Followthrough-Owner', side.ownerId)
    .set('Content-Type', 'message/rfc822')
    .send(Buffer.from(raw));
  if (answer.status >= 300)
    throw new Wrong(`a mail was not taken: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body as Taken;
}

type Means = Partial<Pick<Heard, 'ends' | 'owes' | 'refuses' | 'awayUntil'>> & {
  silences?: { addresses: readonly string[]; scope: string };
};

/** Writes down what a received mail is. */
function note(
  world: World,
  side: Side,
  inboundId: string,
  contactId: string,
  kind: string,
  means: Means,
): void {
  const { ledger } = world;
  const said = ledger.said(side.ownerId, world.ids(contactId));
  const { ends = false, owes = false, refuses = false, awayUntil = null, silences } = means;
  ledger.heard.push({ ...said, inboundId, kind, ends, owes, refuses, awayUntil });
  for (const address of silences?.addresses ?? []) {
    ledger.silences.push({ ...said, inboundId, address, scope: silences?.scope ?? '', personal: false });
  }
}

/** Who of the owner's people is known by this address. */
function holders({ ledger }: World, { ownerId }: Side, address: string): Person[] {
  return ledger.people.filter((one) => one.ownerId === ownerId && one.emails.includes(address));
}

async function hear(
  world: World,
  one: Chosen,
  letter: Letter,
  expected: { kind: string } & Means,
): Promise<string> {
  const { side } = one;
  const sender = letter.from.replace(/[<>]/g, '');
  // Of two who answer from one address, nobody can say which it was.
  if (holders(world, side, sender).length > 1) return 'a desk';
  const mail = letterFrom(world, { ...letter, to: side.address });
  if (world.ears) {
    const folder = isAstray(world, one, sender)
      ? (['INBOX', 'Junk', 'Alles'] as const)[letters % 3]
      : 'INBOX';
    await world.ears.lay(world, side, folder ?? 'INBOX', mail, (taken) => heardLater(world, one, letter, expected, taken)); // prettier-ignore
    return `${expected.kind} in ${folder}`;
  }
  const taken = await handIn(world, side, mail.raw);
  if (taken.contactId !== null && !world.ids(one.contactId).includes(taken.contactId)) {
    throw new Wrong(`${expected.kind} from ${letter.from} was matched with ${taken.contactId}`);
  }
  const wrong = heard(world, one, letter, expected, taken);
  if (wrong !== null) throw new Wrong(wrong);
  return expected.kind;
}

function heard(
  world: World,
  { side }: Chosen,
  { from: sender }: Letter,
  { kind, ...means }: { kind: string } & Means,
  taken: Taken,
): string | null {
  if (taken.kind !== kind) return `${kind} from ${sender} was taken for ${taken.kind}`;
  if (taken.contactId === null) return `${kind} from ${sender} was matched with nobody`;
  world.inbound.push({ id: taken.id, side, contactId: taken.contactId, from: sender });
  note(world, side, taken.id, taken.contactId, kind, means);
  return null;
}

/** Whoever it was when it came may be gone, two or another since. */
function heardLater(
  world: World,
  one: Chosen,
  letter: Letter,
  expected: { kind: string } & Means,
  taken: Taken | null,
): string | null {
  const person = world.ledger.personOf(one.contactId);
  const sender = letter.from.replace(/[<>]/g, '');
  const theirs = person?.emails.includes(sender) === true || !one.emails.includes(sender);
  if (!person || person.hidden || !theirs || holders(world, one.side, sender).length > 1) return null;
  if (taken === null) return `${expected.kind} from ${letter.from} was not read`;
  const { silences } = expected;
  const addresses = silences?.addresses.filter((address) => person.emails.includes(address)) ?? [];
  return heard(world, one, letter, { ...expected, ...(silences && { silences: { ...silences, addresses } }) }, taken); // prettier-ignore
}

/** An answer that is looked for where it does not belong: its sender had a mail of ours. */
function isAstray({ ledger }: World, { side }: Chosen, sender: string): boolean {
  return ledger.arrived.some(
    ({ ownerId, to, denied }) => ownerId === side.ownerId && to === sender && !denied,
  );
}

/** One of their addresses, whichever we wrote to. */
export const from = ({ emails }: Chosen, n: number): string => emails[n % emails.length] ?? '';

/** The last mail they had of this owner. */
function lastTo(world: World, { side, contactId }: Chosen) {
  const ids = world.ids(contactId);
  return world.ledger.arrived
    .filter((one) => one.ownerId === side.ownerId && ids.includes(one.contactId))
    .at(-1);
}

/** Its Message-ID; undefined: nothing went to them, or it is gone. */
async function lastHeader(world: World, one: Chosen): Promise<string | undefined> {
  const last = lastTo(world, one);
  const [row] = last
    ? await rows<{ header: string | null }>(world.app.db, `SELECT message_id_header AS header FROM message WHERE id = $1`, [last.id]) // prettier-ignore
    : [];
  return row?.header ?? undefined;
}

function delivery(
  kind: 'failed' | 'delayed',
  to: string,
  id: string,
  status: string,
  text: string,
): Omit<Letter, 'from'> {
  return {
    subject: 'Delivery Status Notification',
    headers: [
      'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
      'Auto-Submitted: auto-replied',
    ],
    text: ['--b', 'Content-Type: text/plain', '', `${text}.`, '--b', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.example.com', '', `Final-Recipient: rfc822; ${to}`, `Action: ${kind}`, `Status: ${status}`, `Diagnostic-Code: smtp; ${status.startsWith('5') ? 550 : 452} ${status} ${text}`, '', '--b', 'Content-Type: message/rfc822', '', `Message-ID: ${id}`, `To: ${to}`, 'Subject: After DevConf', '', 'Hi', '--b--', ''].join('\r\n'), // prettier-ignore
  };
}

const MACHINE = 'Mail Delivery System <mailer-daemon@mx.example.com>';

const bounce =
  (
    kind: 'failed' | 'delayed',
    status: string,
    text: string,
    means: (to: string) => { kind: string } & Means,
  ): Play =>
  (world, who, n) =>
    forSomebody(async (_, one) => {
      const last = lastTo(world, one);
      if (!last) return 'nothing went to them';
      const messageId = await lastHeader(world, one);
      if (!messageId) return 'it is gone';
      if (status.startsWith('4') && kind === 'failed') world.ledger.cameBack.add(last.id);
      return hear(
        world,
        one,
        { from: MACHINE, ...delivery(kind, last.to, messageId, status, text) },
        means(last.to),
      );
    })(world, who, n);

const CLASSES = [
  { kind: 'other' },
  { kind: 'reply' },
  { kind: 'opt-out', scope: 'everything' },
  { kind: 'auto-reply', subkind: 'away' },
  { kind: 'auto-reply', subkind: 'received' },
  { kind: 'bounce', severity: 'soft' },
  { kind: 'opt-out', scope: 'congratulations' },
];

async function correct(world: World, who: number, n: number): Promise<string> {
  const mail = world.inbound[who % Math.max(1, world.inbound.length)];
  const said = CLASSES[n % CLASSES.length];
  if (!mail || !said) return 'nothing came in';
  const { side, id, contactId } = mail;
  const { status, body } = await world.ask(side, 'post', `/inbound/${id}/class`, said);
  if (status >= 300) return String(status);
  if ((body as { effects: string[] }).effects.length === 0) return 'it is that already';
  for (const one of [...world.ledger.heard, ...world.ledger.silences])
    if (one.inboundId === id) one.void = true;
  const emails = world.ledger.personOf(contactId)?.emails ?? [];
  const everything = said.kind === 'opt-out' && said.scope === 'everything';
  note(world, side, id, contactId, `${said.kind}, corrected`, {
    ends: said.kind === 'reply' || said.kind === 'opt-out',
    owes: said.kind === 'reply',
    refuses: everything,
    ...(said.kind === 'opt-out' && { silences: { addresses: emails, scope: said.scope ?? '' } }),
  });
  return `${mail.from} is ${said.kind}`;
}

/** What comes in. */
export const MAIL = {
  answers: {
    often: 4,
    play: forSomebody(
      (world, one, n) =>
      hear(world, one, { from: `<${from(one, n)}>`, text: 'Thank you, that was kind of you! When shall we talk?' }, { kind: 'reply', ends: true, owes: true }), // prettier-ignore
    ),
  },
  'a colleague answers': {
    often: 1,
    play: forSomebody(async (world, one) => {
      const id = await lastHeader(world, one);
      if (id === undefined) return 'nothing went to them';
      const headers = [`In-Reply-To: ${id}`, `References: ${id}`];
      return hear(world, one, { from: 'Desk <desk@example.net>', headers, text: 'I answer for them: thank you.' }, { kind: 'reply', ends: true, owes: true }); // prettier-ignore
    }),
  },
  'is away': {
    often: 3,
    play: forSomebody((world, one, n) => {
      const zone = world.ledger.personOf(one.contactId)?.zone ?? 'UTC';
      const back = nextDate(wall(world.now, zone).date, 2 + (n % 20));
      const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' }).format(
        new Date(back),
      );
      const text = n % 4 === 0 ? 'I am out of the office at the moment.' : `I am out of the office. I will be back on ${day}.`; // prettier-ignore
      const until =
        n % 4 === 0 ? new Date(world.now.getTime() + 14 * DAY) : startOf(settledOn(back, zone), zone);
      return hear(world, one, { from: `<${from(one, n)}>`, subject: 'Automatic reply: After DevConf', headers: ['Auto-Submitted: auto-replied'], text }, { kind: 'auto-reply', awayUntil: until }); // prettier-ignore
    }),
  },
  'has left': {
    often: 1,
    play: forSomebody(
      (world, one, n) =>
      hear(world, one, { from: `<${from(one, n)}>`, subject: 'Automatic reply', headers: ['Auto-Submitted: auto-replied'], text: 'I no longer work at Example Ltd. Please write to desk@example.net instead.' }, { kind: 'auto-reply', ends: true }), // prettier-ignore
    ),
  },
  'asks to stop': {
    often: 2,
    play: forSomebody(
      (world, one, n) =>
      hear(world, one, { from: `<${from(one, n)}>`, text: 'Please do not write to me any more.' }, { kind: 'opt-out', ends: true, refuses: true, silences: { addresses: one.emails, scope: 'everything' } }), // prettier-ignore
    ),
  },
  'wants no wishes': {
    often: 1,
    play: forSomebody(
      (world, one, n) =>
      hear(world, one, { from: `<${from(one, n)}>`, text: 'Please send me no more birthday wishes.' }, { kind: 'opt-out', ends: true, silences: { addresses: one.emails, scope: 'congratulations' } }), // prettier-ignore
    ),
  },
  complains: {
    often: 1,
    play: forSomebody(async (world, one) => {
      const last = lastTo(world, one);
      const id = await lastHeader(world, one);
      if (!last || id === undefined) return 'nothing went to them';
      const text = ['--b', 'Content-Type: text/plain', '', 'This is a spam report.', '--b', 'Content-Type: message/feedback-report', '', 'Feedback-Type: abuse', 'User-Agent: Example/1', 'Version: 1', '', '--b', 'Content-Type: message/rfc822', '', `Message-ID: ${id}`, `To: ${last.to}`, 'Subject: After DevConf', '', 'Hi', '--b--', ''].join('\r\n'); // prettier-ignore
      return hear(world, one, { from: 'Feedback <fbl@example.net>', subject: 'Complaint', headers: ['Content-Type: multipart/report; report-type=feedback-report; boundary="b"'], text }, { kind: 'complaint', ends: true, refuses: true, silences: { addresses: one.emails, scope: 'everything' } }); // prettier-ignore
    }),
  },
  'bounces hard': {
    often: 1,
    play: bounce('failed', '5.1.1', 'no such user', (to) => ({ kind: 'bounce', ends: true, silences: { addresses: [to], scope: 'everything' } })), // prettier-ignore
  },
  'bounces softly': { often: 3, play: bounce('failed', '4.2.2', 'mailbox full', () => ({ kind: 'bounce' })) },
  'is late': { often: 1, play: bounce('delayed', '4.4.1', 'still trying', () => ({ kind: 'delay' })) },
  'takes the way out': {
    often: 3,
    play: forSomebody(async (world, one, n) => {
      const last = lastTo(world, one);
      const token = /\/out\/([A-Za-z0-9_-]{43})/.exec(last?.text ?? '')?.[1];
      if (!last || !token) return 'no way out';
      const [choice, scope] = [['less-often', 'often'], ['no-congratulations', 'congratulations'], ['only-answers', 'automatic'], ['never', 'everything'], ['', 'automatic']][n % 5] ?? []; // prettier-ignore
      const form = choice ? { choice } : { 'List-Unsubscribe': 'One-Click' };
      const { status } = await world.app.http.post(`/out/${token}`).type('form').send(form);
      if (status === 404) return 'the message is gone';
      if (status !== 200) throw new Wrong(`the way out answers ${status}`);
      // What somebody else holds too is spared for both where the mail went there.
      const alone = one.emails.filter((address) => address === last.to || holders(world, one.side, address).length === 1); // prettier-ignore
      for (const address of alone) {
        world.ledger.silences.push({ ...world.ledger.said(one.side.ownerId, world.ids(one.contactId)), inboundId: null, address, scope: scope ?? '', personal: true }); // prettier-ignore
      }
      return choice || 'one click';
    }),
  },
  'a mail is corrected': { often: 3, play: correct },
  'a debt is paid': {
    often: 5,
    play: async (world, who, n) => {
      const side = world.side(who);
      const { items } = (await world.ask(side, 'get', '/debts')).body as {
        items: { id: string; inboundId: string }[];
      };
      const debt = items[n % Math.max(1, items.length)];
      if (!debt) return 'none';
      const how = n % 2 === 0 ? 'answered' : 'needs-none';
      const { status } = await world.ask(side, 'post', `/debts/${debt.id}/close`, { how });
      const heard = world.ledger.heard.filter(
        ({ inboundId, void: gone }) => inboundId === debt.inboundId && !gone,
      );
      if (status < 300) for (const one of heard) one.owes = false;
      return `${how} ${status}`;
    },
  },
} satisfies Moves;
