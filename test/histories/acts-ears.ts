import { letterFrom } from './acts-mail.js';
import { forSomebody, type Moves } from './chosen.js';
import { HOUR } from './rules.js';
import type { FolderName } from './ears.js';

const NAMES: FolderName[] = ['INBOX', 'Sent', 'Junk', 'Alles'];

/** What happens in the owners' mailboxes; without ears nothing does. */
export const EARS = {
  'the mailboxes are looked through': {
    often: 24,
    play: async (world, _, n) => {
      await world.ears?.lookAll(world);
      if (n % 3 > 0) await world.tick();
    },
  },
  'and the next is due': {
    often: 16,
    play: async (world) => {
      const next = await world.nextDue();
      if (next) world.app.clock.set(next);
      await world.ears?.lookAll(world);
      await world.tick();
      return world.now.toISOString();
    },
  },
  'a look breaks off': {
    often: 5,
    play: async (world, who, n) => {
      const whole = await world.ears?.look(world, world.side(who), 200 + n * 97);
      if (n % 2 === 0) await world.tick();
      return whole ? 'at the end' : 'in the midst';
    },
  },
  'nobody listens': {
    often: 3,
    play: async (world, _, n) => {
      world.pass((n % 3) * 7 * 60_000 + (n % 5) * HOUR);
      await world.tick();
    },
  },
  'lies there twice': { often: 2, play: async (world) => world.ears?.copyLast(world) },
  'UIDs are others': {
    often: 1,
    play: async (world, who, n) => world.ears?.renumber(world.side(who), NAMES[n % NAMES.length] ?? 'INBOX'),
  },
  'writes from their own program': {
    often: 5,
    play: forSomebody(async (world, one, n) => {
      const { side, contactId } = one;
      const to = one.emails[n % one.emails.length] ?? '';
      const at = new Date(Math.floor(world.now.getTime() / 1000) * 1000);
      const subject = `Lunch on day ${world.ledger.step}, at ${n}`;
      const letter = letterFrom(world, { from: `<${side.address}>`, to, subject, text: 'Shall we have lunch?' }); // prettier-ignore
      await world.ears?.lay(world, side, 'Sent', letter, (found) => {
        const { ledger } = world;
        const known = ledger.people.filter(({ ownerId, emails }) => ownerId === side.ownerId && emails.includes(to)); // prettier-ignore
        // To a desk it is a word to nobody in particular.
        const ids = known.length === 1 ? (known[0]?.ids ?? []) : [];
        if (!ids.includes(contactId)) return null;
        if (found?.kind !== 'mail-by-hand') return 'it was not taken for mail by hand';
        const wrote = at < world.now ? at : world.now;
        ledger.byHand.push({ ...ledger.said(side.ownerId, ids), at: wrote, mail: true });
        for (const heard of ledger.heard)
          if (heard.contacts.some((id) => ids.includes(id))) heard.owes = false;
        return null;
      });
      return to;
    }),
  },
} satisfies Moves;
