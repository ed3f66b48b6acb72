import { forSomebody, nth, type Moves } from './chosen.js';
import { trust } from './trusted.js';
import type { Side, World } from './world.js';

interface Draft {
  id: string;
  version: number;
  state: string;
  channel: string;
  to: string | null;
  subject: string;
  text: string;
}

async function drafts(world: World, side: Side): Promise<Draft[]> {
  const { body } = await world.ask(side, 'get', '/drafts?limit=200');
  return (body as { items: Draft[] }).items;
}

async function approve(world: World, side: Side, draft: Draft): Promise<number> {
  const { status } = await world.ask(side, 'post', `/drafts/${draft.id}/approve`, undefined, draft.version);
  if (status < 300)
    world.ledger.yes.set(draft.id, { to: draft.to ?? '', subject: draft.subject, text: draft.text });
  return status;
}

export async function yesToAll(world: World): Promise<string> {
  const said: number[] = [];
  for (const side of world.sides) {
    for (const draft of await drafts(world, side)) {
      if (draft.state === 'needs_review' && draft.channel === 'mail')
        said.push(await approve(world, side, draft));
    }
  }
  await world.look();
  return said.join();
}

/** Every sequence that waits for the owner's hand goes on. */
async function byHand(world: World, side: Side): Promise<string> {
  const { items } = (await world.ask(side, 'get', '/enrollments?state=paused')).body as { items: { id: string; contactId: string }[] }; // prettier-ignore
  const told: number[] = [];
  for (const { id, contactId } of items) {
    const { status } = await world.ask(side, 'post', `/enrollments/${id}/continue`);
    if (status < 300) world.ledger.begun.push(world.ledger.said(side.ownerId, world.ids(contactId)));
    told.push(status);
  }
  return told.join();
}

/** The owner says yes to whatever comes. */
export async function goOn(world: World): Promise<void> {
  for (const side of world.sides) await byHand(world, side);
  await world.tick();
  await yesToAll(world);
}

/** The owner at their desk. */
export const DRAFTS = {
  'yes to all': { often: 16, play: yesToAll },
  'yes to one': {
    often: 5,
    play: async (world, who, n) => {
      const side = world.side(who);
      const open = (await drafts(world, side)).filter(({ channel }) => channel === 'mail');
      const draft = open[n % Math.max(1, open.length)];
      const told = draft ? `${draft.to} ${await approve(world, side, draft)}` : 'no draft';
      await world.look();
      return told;
    },
  },
  'words are changed': {
    often: 3,
    play: async (world, who, n) => {
      const side = world.side(who);
      const open = await drafts(world, side);
      const draft = open[n % Math.max(1, open.length)];
      if (!draft?.text) return 'no draft';
      const text = draft.text.replace(/\n\n/, `\n\nI thought of you on walk ${n}.\n\n`);
      const { status } = await world.ask(side, 'put', `/drafts/${draft.id}`, { text }, draft.version);
      await world.look();
      return `${draft.to} ${status}`;
    },
  },
  'a line is given': {
    often: 3,
    play: async (world, _, n) => {
      const one = nth(world, n, ({ state }) => state === 'withheld');
      if (!one) return 'nothing is withheld';
      const line = [`said: you keep ${n} bees`, `promise: send you chart ${n}`, `asked: how ${n} kites fly`][
        n % 3
      ];
      return String((await world.ask(one.side, 'post', `/drafts/${one.id}/line`, { line })).status);
    },
  },
  'a draft is released': {
    often: 3,
    play: async (world, _, n) => {
      const one = nth(world, n, ({ state }) => state === 'withheld');
      return one && String((await world.ask(one.side, 'post', `/drafts/${one.id}/release`)).status);
    },
  },
  'a draft is let go': {
    often: 1,
    play: async (world, _, n) => {
      const one = nth(world, n, ({ state }) => ['needs_review', 'withheld', 'planned'].includes(state));
      return one && String((await world.ask(one.side, 'post', `/drafts/${one.id}/discard`)).status);
    },
  },
  'a task is done': {
    often: 1,
    play: async (world, _, n) => {
      const one = nth(world, n, ({ state, channel }) => state === 'needs_review' && channel === 'task');
      return one && String((await world.ask(one.side, 'post', `/tasks/${one.id}/done`, {})).status);
    },
  },
  'a yes is taken back': {
    often: 2,
    play: async (world, _, n) => {
      const one = nth(world, n, ({ state }) => state === 'approved');
      if (!one) return 'nothing is approved';
      const { status } = await world.ask(one.side, 'post', `/messages/${one.id}/withdraw`);
      if (status < 300) world.ledger.yes.delete(one.id);
      await world.look();
      return `${one.toCanonical} ${status}`;
    },
  },
  'the next words by hand': { often: 4, play: (world, who) => byHand(world, world.side(who)) },
  'are met again': {
    often: 3,
    play: forSomebody((world, { side, contactId }, n) =>
      world.debrief(side, n, [contactId], `said: meeting ${n}`),
    ),
  },
  'something is learnt': {
    often: 5,
    play: forSomebody(async (world, { side, contactId }, n) => {
      const { status } = await world.ask(side, 'post', `/contacts/${contactId}/facts`, { kind: 'said', text: `you plant ${n} trees` }); // prettier-ignore
      return String(status);
    }),
  },
  'a promise is kept': {
    often: 1,
    play: async (world, who) => {
      const side = world.side(who);
      const { items } = (await world.ask(side, 'get', '/promises')).body as { items: { id: string; contactId: string }[] }; // prettier-ignore
      const [first] = items;
      if (!first) return 'none is open';
      return String((await world.ask(side, 'post', `/contacts/${first.contactId}/promises/${first.id}/keep`, { with: 'here is the chart' })).status); // prettier-ignore
    },
  },
  'a sequence is trusted, or no longer': {
    often: 3,
    play: (world) => {
      const side = world.side(0);
      return trust(world, side, world.ledger.trusting.has(side.ownerId) ? 'each' : 'after-ten');
    },
  },
  'a sequence is changed': {
    often: 2,
    play: async (world, who, n) => {
      const side = world.side(who);
      const { items } = (await world.ask(side, 'get', '/sequences')).body as { items: { id: string; version: number; steps: { id: string; version: number; templateId: string }[] }[] }; // prettier-ignore
      const [sequence] = items;
      const step = sequence?.steps[n % Math.max(1, sequence.steps.length)];
      if (!sequence || !step) return 'none';
      const path = `/sequences/${sequence.id}`;
      if (n % 4 === 0) {
        const from = 8 + (n % 3);
        const window = { from: `0${from}:00`.slice(-5), to: '16:00', weekdays: [1, 2, 3, 4, 5] };
        const { status } = await world.ask(side, 'patch', path, { window }, sequence.version);
        if (status < 300) world.ledger.hours.set(side.ownerId, { from: from * 60, to: 16 * 60 });
        return `${window.from} ${status}`;
      }
      if (n % 4 === 1) return `offset ${(await world.ask(side, 'patch', `${path}/steps/${step.id}`, { offsetDays: 1 + (n % 6) }, step.version)).status}`; // prettier-ignore
      if (n % 4 === 2) return `deleted ${(await world.ask(side, 'delete', `${path}/steps/${step.id}`, undefined, step.version)).status}`; // prettier-ignore
      const { templateId } = sequence.steps.at(-1) ?? step;
      return `added ${(await world.ask(side, 'post', `${path}/steps`, { kind: 'follow-up', offsetDays: 2, templateId })).status}`; // prettier-ignore
    },
  },
} satisfies Moves;
