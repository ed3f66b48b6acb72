import { forSomebody, type Chosen, type Moves } from './chosen.js';
import { DAY, nextDate, wall } from './rules.js';
import type { World } from './world.js';

async function patch(world: World, { side, contactId }: Chosen, body: object): Promise<number> {
  const found = await world.ask(side, 'get', `/contacts/${contactId}`);
  const { version } = found.body as { version: number };
  const { status } = await world.ask(side, 'patch', `/contacts/${contactId}`, body, version);
  await world.look();
  return status;
}

/** Boundaries, and who is who. */
export const PEOPLE = {
  'writes by hand': {
    often: 2,
    play: forSomebody(async (world, { side, contactId }, n) => {
      const kind = n % 3 === 0 ? 'call' : 'mail-by-hand';
      const { status } = await world.ask(side, 'post', `/contacts/${contactId}/interactions`, {
        kind,
        text: 'a word',
      });
      if (status >= 300) return String(status);
      world.ledger.byHand.push({ ...world.ledger.said(side.ownerId, world.ids(contactId)), at: world.now, mail: kind === 'mail-by-hand' }); // prettier-ignore
      return kind;
    }),
  },
  'an address is spared': {
    often: 3,
    play: forSomebody(async (world, one, n) => {
      const scope = ['everything', 'automatic', 'congratulations', 'often'][n % 4] ?? '';
      const address = one.emails[n % one.emails.length] ?? '';
      const { status } = await world.ask(one.side, 'post', '/suppressions', { address, scope });
      world.ledger.silences.push({ ...world.ledger.said(one.side.ownerId, []), inboundId: null, address, scope, personal: false }); // prettier-ignore
      return `${scope} ${status}`;
    }),
  },
  'an address is spared no longer': {
    often: 2,
    play: async (world, who, n) => {
      const side = world.side(who);
      const { items } = (await world.ask(side, 'get', '/suppressions')).body as { items: { id: string; address: string; scope: string }[] }; // prettier-ignore
      const found = items[n % Math.max(1, items.length)];
      if (!found) return 'none';
      await world.ask(side, 'post', `/suppressions/${found.id}/lift`);
      for (const one of world.ledger.silences) {
        if (one.ownerId === side.ownerId && one.address === found.address && one.scope === found.scope)
          one.void = true;
      }
      return `${found.address} ${found.scope}`;
    },
  },
  'stops everything': {
    often: 1,
    play: forSomebody(async (world, { side }) => {
      const { status } = await world.ask(side, 'post', '/stop');
      if (status < 300) world.ledger.stopped.add(side.ownerId);
      return side.address;
    }),
  },
  resumes: {
    often: 2,
    play: async (world, who) => {
      const side = world.side(who);
      const { status } = await world.ask(side, 'post', '/resume');
      if (status < 300) world.ledger.stopped.delete(side.ownerId);
      await world.ask(side, 'post', `/mailboxes/${side.mailboxId}/resume`);
      return side.address;
    },
  },
  'do not contact': {
    often: 2,
    play: forSomebody(async (world, one) => {
      const ids = world.ids(one.contactId);
      const status = await patch(world, one, { doNotContact: true });
      if (status < 300)
        world.ledger.boundaries.push({ ...world.ledger.said(one.side.ownerId, ids), until: null });
      return String(status);
    }),
  },
  'is paused': {
    often: 1,
    play: forSomebody(async (world, one, n) => {
      const ids = world.ids(one.contactId);
      const until = new Date(world.now.getTime() + (1 + (n % 30)) * DAY);
      const status = await patch(world, one, { pausedUntil: until.toISOString() });
      if (status < 300) world.ledger.boundaries.push({ ...world.ledger.said(one.side.ownerId, ids), until });
      return until.toISOString();
    }),
  },
  'may be written to': {
    often: 2,
    play: forSomebody(async (world, one) => {
      const status = await patch(world, one, { doNotContact: false, pausedUntil: null });
      if (status >= 300) return String(status);
      const ids = world.ids(one.contactId);
      for (const set of world.ledger.boundaries)
        if (set.contacts.some((id) => ids.includes(id))) set.void = true;
      return String(status);
    }),
  },
  'the owner is away': {
    often: 1,
    play: async (world, who, n) => {
      const side = world.side(who);
      const from = nextDate(wall(world.now, 'UTC').date, n % 4);
      const until = nextDate(from, n % 9);
      const { status, body } = await world.ask(side, 'post', '/time-off', { fromOn: from, untilOn: until });
      if (status < 300) world.ledger.away.push({ ownerId: side.ownerId, id: (body as { id: string }).id, from, until, void: false }); // prettier-ignore
      return `${from} ${until}`;
    },
  },
  'the owner is back': {
    often: 1,
    play: async (world, who) => {
      const side = world.side(who);
      const off = world.ledger.away.find((one) => one.ownerId === side.ownerId && !one.void);
      if (!off) return 'they are here';
      const { status } = await world.ask(side, 'delete', `/time-off/${off.id}`);
      if (status < 300) for (const one of world.ledger.away) if (one.id === off.id) one.void = true;
      return String(status);
    },
  },
  'are one person': {
    often: 3,
    play: async (world, who, n) => {
      const side = world.side(who % 3 === 0 ? 1 : 0);
      const at = n % (side.contacts.length - 1);
      const [one, other] = side.contacts.slice(at, at + 2);
      if (!one || !other) return 'nobody';
      const { status } = await world.ask(side, 'post', `/contacts/${one}/merge`, { with: other });
      await world.look();
      return `${world.ledger.personOf(one)?.emails.join()} ${status}`;
    },
  },
  'are two people': {
    often: 2,
    play: forSomebody(async (world, { side, contactId }, n) => {
      const ids = world.ids(contactId).filter((id) => id !== contactId);
      const other = ids[n % Math.max(1, ids.length)];
      if (!other) return 'they are one';
      const { status } = await world.ask(side, 'post', `/contacts/${contactId}/split`, { contactId: other });
      await world.look();
      return String(status);
    }),
  },
  'an import is undone': {
    often: 1,
    play: async (world) => {
      const side = world.side(0);
      const { status } = await world.ask(side, 'post', `/imports/${side.importId}/undo`);
      await world.look();
      return String(status);
    },
  },
  'somebody new is met': {
    often: 4,
    play: async (world, who, n) => {
      const side = world.side(who % 4 === 0 ? 1 : 0);
      const givenName = `New${'abcdefghij'[n % 10]}${'klmnopqrst'[Math.floor(n / 10)]}`;
      const body = { fullName: `${givenName} Moss`, givenName, emails: [`${givenName.toLowerCase()}@example.com`], zone: ['Europe/Berlin', 'America/New_York'][n % 2] }; // prettier-ignore
      const made = await world.ask(side, 'post', '/contacts', body);
      if (made.status >= 300) return `${givenName} ${made.status}`;
      const { id } = made.body as { id: string };
      side.contacts.push(id);
      await world.look();
      return `${givenName} ${await world.debrief(side, n, [id], `asked: where ${n}`)}`;
    },
  },
  'are forgotten': {
    often: 1,
    play: forSomebody(async (world, { side, contactId, emails }) => {
      const found = await world.ask(side, 'get', `/contacts/${contactId}`);
      const { version } = found.body as { version: number };
      const { status } = await world.ask(side, 'delete', `/contacts/${contactId}`, undefined, version);
      // What somebody else holds too stays with them.
      const others = world.ledger.people.filter(
        (one) => one.ownerId === side.ownerId && !one.ids.includes(contactId),
      );
      const alone = emails.filter((address) => !others.some((one) => one.emails.includes(address)));
      if (status < 300)
        world.ledger.forgotten.push({ ...world.ledger.said(side.ownerId, []), emails: alone });
      await world.look();
      return String(status);
    }),
  },
  'are told anew': {
    often: 3,
    play: forSomebody(async (world, one, n) => {
      const told = [{ emails: [`new-${n}@example.com`] }, { zone: 'Asia/Tokyo' }, { zone: 'America/New_York' }, { givenName: `Gray${'abcdefghij'[n % 10]}` }, { birthday: nextDate(wall(world.now, 'UTC').date, n % 9).replace(/^\d{4}/, '-') }, { circle: 'inner' }][n % 6]; // prettier-ignore
      return `${JSON.stringify(told)} ${await patch(world, one, told ?? {})}`;
    }),
  },
} satisfies Moves;
