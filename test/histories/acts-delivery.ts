import { affected, rows } from '../../src/database/rows.js';
import { claimDue } from '../../src/delivery/claim.js';
import { lookAndMark } from '../../src/delivery/last-look.js';
import { rewrite } from '../faults/ground.js';
import type { Script } from '../mail/scripted-smtp.js';
import { yesToAll } from './acts-drafts.js';
import { MAIL } from './acts-mail.js';
import { PEOPLE } from './acts-people.js';
import { nth, type Moves } from './chosen.js';
import type { World } from './world.js';

/** Something is about to leave, where anything may. */
async function mailIsDue(world: World): Promise<void> {
  if (![...world.line.values()].some(({ state }) => state === 'approved')) await yesToAll(world);
  world.untilMailIsDue();
}

async function settle(world: World, n: number, was: 'sent' | 'not-sent'): Promise<string> {
  const one = nth(world, n, ({ state }) => state === 'unknown');
  if (!one) return 'nothing is unknown';
  const { status } = await world.ask(one.side, 'post', `/messages/${one.id}/settle`, { was });
  if (status < 300 && was === 'not-sent') {
    world.ledger.lost.delete(one.id);
    for (const mail of world.ledger.arrived) if (mail.id === one.id) mail.denied = true;
  }
  await world.look();
  return `${one.toCanonical} ${status}`;
}

/** What the server says to a whole run of delivery. */
const FAULTS: Script[] = [
  { greeting: '421 4.3.2 come back later' },
  { mail: '421 4.7.0 rate limited, slow down' },
  { mail: '550 5.7.1 not from you' },
  { rcpt: '450 4.2.0 greylisted' },
  { rcpt: '550 5.1.1 no such user' },
  { rcpt: '550 5.7.1 refused by policy' },
  { rcpt: '552 5.2.2 mailbox full' },
  { data: '451 4.3.0 try again' },
  { drop: 'connect' },
  { drop: 'rcpt' },
  { drop: 'data' },
  { drop: 'body' },
  { drop: 'dot' },
  { drop: 'dot' },
  { drop: 'dot' },
  { drop: 'accepted' },
  { dot: () => '554 5.6.0 bad content' },
  { dot: () => '451 4.3.0 not now' },
  { tornReply: '25' },
];

async function withFault(world: World, n: number): Promise<string> {
  await mailIsDue(world);
  const script = FAULTS[n % FAULTS.length] ?? {};
  rewrite(world.server, script);
  await world.run('deliver');
  rewrite(world.server);
  // RFC 3463: 5.1.1 is about the address.
  const dead = await rows<{ ownerId: string; to: string }>(
    world.app.db,
    `SELECT owner_id, to_canonical AS "to" FROM message WHERE state = 'failed' AND server_reply LIKE '%5.1.1%'`,
  );
  for (const { ownerId, to } of dead) {
    if (world.ledger.silences.some((one) => one.ownerId === ownerId && one.address === to)) continue;
    world.ledger.silences.push({ ...world.ledger.said(ownerId, []), inboundId: null, address: to, scope: 'everything', personal: false }); // prettier-ignore
  }
  return JSON.stringify(script, (_, value: unknown) => (typeof value === 'function' ? 'dot' : value));
}

/** A worker takes what is due and is never seen again. */
async function crash(world: World, who: number, n: number): Promise<string> {
  await mailIsDue(world);
  const { mailboxId } = world.side(who);
  const now = world.now;
  await world.during(async () => {
    const claimed = await claimDue(world.app.db, { mailboxId, now, limit: 1 + (n % 3), leaseSeconds: 20 });
    if (n % 2 === 0) {
      const candidates = claimed.map((one) => ({
        claimed: one,
        header: { messageId: `<${one.id}@example.org>`, inReplyTo: null, references: [] },
      }));
      const looks =
        candidates.length > 0 ? await lookAndMark(world.app.db, candidates, { now, leaseSeconds: 20 }) : [];
      for (const [index, { kind }] of looks.entries()) {
        if (kind === 'marked') world.ledger.lost.add(claimed[index]?.id ?? '');
      }
    }
  });
  if (n % 3 > 0) await endLeases(world);
  return `${n % 2 === 0 ? 'after' : 'before'} the mark`;
}

async function endLeases(world: World): Promise<void> {
  await affected(world.app.db, `UPDATE message SET lease_until = clock_timestamp() - interval '1 second' WHERE lease_until IS NOT NULL`); // prettier-ignore
}

/** What stops them comes in while the server has their address, and before it says go ahead. */
async function inTheMiddle(world: World, _: number, n: number): Promise<string> {
  const stop = [MAIL.answers, MAIL['asks to stop'], MAIL['is away'], PEOPLE['do not contact'], PEOPLE['writes by hand'], PEOPLE['stops everything'], PEOPLE['is paused'], PEOPLE['an address is spared']][n % 8]; // prettier-ignore
  await mailIsDue(world);
  let told = 'nobody was there';
  let first = true;
  const rcpt = async (): Promise<void> => {
    if (!first) return;
    first = false;
    const [, address] = /<([^>]*)>/.exec(world.server.commands.at(-1) ?? '') ?? [];
    const held = await rows<{ contactId: string }>(world.app.db, `SELECT contact_id FROM message WHERE state = 'claimed' AND to_address = $1`, [address]); // prettier-ignore
    // Of two owners who write there at once, one may have been told to go ahead.
    const [one, ...more] = held;
    const all = world.sides.flatMap(({ contacts }) => contacts);
    const who = all.indexOf(one?.contactId ?? '');
    if (more.length === 0 && who >= 0) {
      const said = await stop?.play(world, who, n);
      await world.ears?.lookAll(world);
      told = typeof said === 'string' ? said : '';
    }
  };
  rewrite(world.server, { at: { rcpt } });
  await world.run('deliver');
  rewrite(world.server);
  return told;
}

/** Workers, and the server they talk to. */
export const DELIVERY = {
  'the server fails': { often: 8, play: (world, _, n) => withFault(world, n) },
  'a worker dies': { often: 6, play: crash },
  'leases end': { often: 1, play: endLeases },
  'two workers race': {
    often: 3,
    play: async (world) => {
      await mailIsDue(world);
      await world.raceDelivery();
    },
  },
  'in the middle of it': { often: 10, play: inTheMiddle },
  'it was sent': { often: 2, play: (world, _, n) => settle(world, n, 'sent') },
  'it was not sent': { often: 2, play: (world, _, n) => settle(world, n, 'not-sent') },
} satisfies Moves;
