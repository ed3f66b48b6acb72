import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import PostalMime from 'postal-mime';
import { MailboxesService } from '../../src/accounts/mailboxes.service.js';
import { OwnersService } from '../../src/accounts/owners.service.js';
import { AppModule } from '../../src/app.module.js';
import { readConfig } from '../../src/config.js';
import { rows } from '../../src/database/rows.js';
import { Log } from '../../src/log.js';
import { JobRunner } from '../../src/queue/job-runner.js';
import { tickJobs } from '../../src/queue/jobs.js';
import { startApp, TEST_TOKEN, type TestApp } from '../app.js';
import { rewrite } from '../faults/ground.js';
import { importText } from '../imports.js';
import { startScriptedSmtp, type ScriptedSmtp } from '../mail/scripted-smtp.js';
import type { Ears } from './ears.js';
import { Ledger, type Person } from './rules.js';
import { EVENTS, FILE, OWNERS, PEOPLE, type Ways } from './small-world.js';
import { buildTenYeses, trust } from './trusted.js';

/** Monday 10:00 in Berlin; DevConf ended on the Friday before. */
export const BEGIN = new Date('2026-11-23T09:00:00Z');
const OVERRIDES = {
  PUBLIC_URL: 'https://way.example.org',
  SEND_LEASE_SECONDS: '20',
  SMTP_TIMEOUT_SECONDS: '2',
  // One line each, so that what comes in beside a conversation cannot be too late for another one of the same owner.
  SMTP_CONNECTIONS: '1',
};

type Tick = (typeof tickJobs)[number];

/** Something that must never be, with its law. */
export class Wrong extends Error {}

/** A row of the line, as it stands after a job. */
export interface Standing {
  id: string;
  ownerId: string;
  contactId: string;
  kind: string;
  channel: string;
  state: string;
  attempt: number;
  enrollmentId: string | null;
  approvedBy: 'owner' | 'sequence' | null;
  toCanonical: string | null;
  occursOn: string | null;
  createdAt: Date;
  why: string | null;
  nextAt: Date | null;
  handover: boolean;
}

const LINE = `SELECT id, owner_id, contact_id, kind, channel, state, attempt, enrollment_id, to_canonical,
  approved_by, occurs_on::text AS occurs_on, created_at, why, next_at, handover FROM message ORDER BY created_at, to_canonical, kind, id`;

/** An owner of the small world, and whom they know. */
export interface Side {
  ownerId: string;
  mailboxId: string;
  address: string;
  contacts: string[];
  events: string[];
  importId: string | null;
}

/** The whole service with two owners and their people, two workers, and one server that takes their mail or does not. */
export class World {
  ledger = new Ledger();
  sides: Side[] = [];
  line = new Map<string, Standing>();
  /** The steps of a history at which each message was seen first. */
  readonly born = new Map<string, number>();
  /** Received mails, for the owner to correct. */
  inbound: { id: string; side: Side; contactId: string; from: string }[] = [];
  readonly trace: string[] = [];
  #seen = 0;
  /** A job is at work: what is on its way is not yet what it will be. */
  #busy = false;
  #errors: string[] = [];

  private constructor(
    readonly app: TestApp,
    readonly server: ScriptedSmtp,
    readonly other: INestApplicationContext,
    readonly ears: Ears | null,
  ) {}

  /** @param ears the owners' mailboxes can be read, and what comes in lies there first; null: it is handed in */
  static async start(ears: Ears | null = null): Promise<World> {
    const app = await startApp({ now: BEGIN.toISOString(), overrides: OVERRIDES, owner: false });
    const server = await startScriptedSmtp({ tls: 'none' });
    const databaseUrl = (app.db.options as { url: string }).url;
    const config = readConfig({
      ...OVERRIDES,
      ROLES: 'web',
      API_TOKEN: TEST_TOKEN,
      SECRET_KEY: '07'.repeat(32),
      DATABASE_URL: databaseUrl,
      LOG_LEVEL: 'silent',
    });
    const parts = { config, databaseUrl, clock: app.clock, log: new Log('silent') };
    const other = await NestFactory.createApplicationContext(AppModule.of(parts), { logger: false });
    const world = new World(app, server, other, ears);
    for (const log of [app.get(Log), other.get(Log)]) {
      log.error = (message: unknown, context?: unknown) => {
        world.#errors.push(`${JSON.stringify(message)} ${String(context)}`);
      };
    }
    return world;
  }

  async close(): Promise<void> {
    await this.other.close();
    await this.app.close();
    await this.server.close();
    await this.ears?.close();
  }

  /** Everybody met, remembered, and put before the owners, as on the first Monday. */
  async begin({ trusting = false, ...pace }: Ways): Promise<void> {
    const { app } = this;
    await app.db.query(`TRUNCATE owner CASCADE`);
    rewrite(this.server);
    this.server.received.length = 0;
    this.#seen = 0;
    this.#errors = [];
    this.ledger = new Ledger();
    this.line = new Map();
    this.born.clear();
    this.inbound = [];
    this.trace.length = 0;
    this.sides = [];
    app.clock.set(BEGIN);
    for (const owner of OWNERS) {
      const { id } = await app.get(OwnersService).add(owner);
      const { port } = this.server.settings;
      const server = { address: owner.email, host: '127.0.0.1', port, tls: 'none' as const, imap: null };
      const mailbox = await app.get(MailboxesService).add(id, { ...server, ...pace, warmUpFrom: null });
      const side: Side = { ownerId: id, mailboxId: mailbox.id, address: owner.email, contacts: [], events: [], importId: null }; // prettier-ignore
      this.sides.push(side);
      this.ledger.owners.set(id, { zone: owner.zone, mailboxes: new Map([[owner.email, pace]]) });
      this.ledger.hours.set(id, { from: 8 * 60, to: 17 * 60 });
      for (const event of EVENTS) {
        side.events.push(((await this.ask(side, 'post', '/events', event)).body as { id: string }).id);
      }
    }
    for (const { owner, body } of PEOPLE) {
      const made = await this.ask(this.side(owner), 'post', '/contacts', body);
      this.side(owner).contacts.push((made.body as { id: string }).id);
    }
    app.ownerId = this.side(0).ownerId;
    this.side(0).importId = await importText(app, FILE, { event: 'DevConf', on: '2026-11-18' });
    const known = await rows<{ id: string }>(app.db, `SELECT id FROM contact WHERE owner_id = $1 ORDER BY full_name, id`, [app.ownerId]); // prettier-ignore
    this.side(0).contacts = known.map(({ id }) => id);
    await buildTenYeses(app, this.side(0).mailboxId);
    if (trusting) await trust(this, this.side(0), 'after-ten');
    await this.look();
    // Words have gone both ways before, so that these are congratulated.
    await this.wroteBefore(this.side(0), 'grace@example.com');
    await this.wroteBefore(this.side(0), 'gracie@example.org');
    await this.wroteBefore(this.side(1), 'omar@example.net');
    await this.ears?.begin(this);
    for (const side of this.sides) await this.debrief(side, 0, side.contacts, 'asked: why');
    await this.tick();
  }

  private async wroteBefore(side: Side, from: string): Promise<void> {
    const lines = [`From: <${from}>`, `To: <${side.address}>`, 'Subject: Hello', `Message-ID: <before-${from}>`, 'Date: Mon, 16 Nov 2026 09:00:00 +0000', '', 'Hello, see you at DevConf.']; // prettier-ignore
    const raw = Buffer.from(lines.join('\r\n'));
    const taken = await this.app.http.post('/inbound').set('Followthrough-Owner', side.ownerId).set('Content-Type', 'message/rfc822').send(raw); // prettier-ignore
    const { kind, contactId } = taken.body as { kind: string; contactId: string };
    if (kind !== 'reply') throw new Error('nobody wrote before');
    const word = { kind: 'mail-by-hand', text: 'a word', at: '2026-10-10T09:00:00Z' };
    await this.ask(side, 'post', `/contacts/${contactId}/interactions`, word);
    const debts = (await this.ask(side, 'get', '/debts')).body as { items: { id: string }[] };
    for (const { id } of debts.items)
      await this.ask(side, 'post', `/debts/${id}/close`, { how: 'needs-none' });
  }

  side(n: number): Side {
    const side = this.sides[n % this.sides.length];
    if (!side) throw new Error('the world has no owners yet');
    return side;
  }

  async debrief(side: Side, event: number, contacts: readonly string[], line: string): Promise<string> {
    const path = `/events/${side.events[event % side.events.length] ?? ''}/debrief`;
    const decisions = contacts.map((contactId, n) => ({
      contactId,
      decision: 'write',
      met: true,
      line: `${line} ${n} boats sail at dawn | said: you moved to harbour ${n} of ${line.length}`,
    }));
    const decided = await this.ask(side, 'post', path, { decisions });
    const preview = (await this.ask(side, 'get', path)).body as {
      write: number;
      people?: { contactId: string }[];
    };
    const agreed = await this.ask(side, 'post', `${path}/confirm`, { expect: preview.write });
    if (agreed.status < 300) {
      const begun = (preview.people ?? []).map(({ contactId }) => contactId);
      this.ledger.begun.push(
        this.ledger.said(
          side.ownerId,
          [...begun, ...contacts].flatMap((id) => this.ids(id)),
        ),
      );
    }
    return `${decided.status} ${agreed.status}`;
  }

  /** All contacts of the person. */
  ids(contactId: string): readonly string[] {
    return this.ledger.personOf(contactId)?.ids ?? [contactId];
  }

  async ask(
    side: Side,
    method: 'get' | 'post' | 'patch' | 'put' | 'delete',
    path: string,
    body?: object,
    version?: number,
  ) {
    const request = this.app.http[method](path).set('Followthrough-Owner', side.ownerId);
    if (version !== undefined) void request.set('If-Match', `"${version}"`);
    const answer = body === undefined ? await request : await request.send(body);
    if (answer.status >= 500)
      throw new Wrong(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return { status: answer.status, body: answer.body as unknown };
  }

  /** One job, and what it made of the world. */
  async run(...jobs: Tick[]): Promise<void> {
    for (const job of jobs) await this.during(() => this.app.run(job));
  }

  async raceDelivery(): Promise<void> {
    await this.during(async () => {
      await Promise.all([
        this.app.run('deliver'),
        this.other.get(JobRunner).run('deliver', {}),
        this.app.run('plan'),
      ]);
    });
  }

  async during(act: () => Promise<unknown>): Promise<void> {
    this.ledger.unknown = [...this.line.values()]
      .filter(({ state }) => state === 'unknown')
      .map(({ id, ownerId, contactId, toCanonical }) => ({ id, ownerId, contactId, to: toCanonical ?? '' }));
    this.#busy = true;
    try {
      await act();
    } catch (error) {
      throw new Wrong(
        `a job failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
    } finally {
      this.#busy = false;
    }
    await this.look();
  }

  async tick(): Promise<void> {
    await this.run('celebrate', 'plan', 'compose', 'deliver', 'plan');
  }

  get now(): Date {
    return this.app.clock.now();
  }

  pass(ms: number): void {
    this.app.clock.set(new Date(this.now.getTime() + ms));
  }

  /** The next instant for which anything waits. */
  async nextDue(): Promise<Date | null> {
    const [found] = await rows<{ at: Date | null }>(
      this.app.db,
      `SELECT min(at) AS at FROM (
         SELECT next_at AS at FROM message WHERE state IN ('planned', 'approved')
         UNION ALL SELECT next_at FROM enrollment WHERE state = 'active'
         UNION ALL SELECT next_slot_at FROM mailbox UNION ALL SELECT paused_until FROM mailbox) x WHERE at > $1`,
      [this.now],
    );
    return found?.at ?? null;
  }

  /** Until the first approved mail may leave. */
  untilMailIsDue(): void {
    const approved = [...this.line.values()].filter(({ state }) => state === 'approved');
    const fresh = approved.filter(({ why }) => why === 'you approved it');
    const first = Math.min(
      ...(fresh.length > 0 ? fresh : approved).map(({ nextAt }) => nextAt?.getTime() ?? Infinity),
    );
    if (Number.isFinite(first) && first > this.now.getTime()) this.app.clock.set(new Date(first));
  }

  /** Reads the rows and the server, and holds every new mail against the rules. */
  async look(): Promise<void> {
    const { ledger, app } = this;
    if (this.#busy) {
      ledger.people = await this.#people();
      return;
    }
    const before = this.line;
    this.line = new Map((await rows<Standing>(app.db, LINE)).map((one) => [one.id, one]));
    for (const { id } of this.line.values()) if (!this.born.has(id)) this.born.set(id, ledger.step);
    const gone = ledger.people;
    ledger.people = await this.#people();
    const wrong = [...this.#errors.splice(0)];
    const fresh = this.server.received.slice(this.#seen);
    this.#seen = this.server.received.length;
    for (const { raw, to, messageId } of fresh) {
      const id = messageId.slice(1, 37);
      const row = this.line.get(id) ?? before.get(id);
      if (!row || to.length !== 1) throw new Wrong(`${messageId} to ${to.join()} is of no message`);
      const parsed = await PostalMime.parse(raw);
      const mail = {
        ...row,
        to: (to[0] ?? '').toLowerCase(),
        from: parsed.from?.address ?? '',
        subject: parsed.subject ?? '',
        text: parsed.text ?? '',
        inSequence: row.enrollmentId !== null,
        born: this.born.get(id) ?? 0,
        step: ledger.step,
        at: this.now,
        denied: false,
      };
      if (!ledger.personOf(row.contactId))
        ledger.people.push(...gone.filter(({ ids }) => ids.includes(row.contactId)));
      ledger.arrived.push(mail);
      const side = this.sides.find(({ ownerId }) => ownerId === row.ownerId);
      if (side) await this.ears?.sent(this, side, raw);
      this.trace.push(`    ${mail.kind} to ${mail.to} from ${mail.from} at ${mail.at.toISOString()}`);
      wrong.push(...ledger.wrongs(mail).map((one) => `${mail.kind} to ${mail.to}: ${one}`));
    }
    for (const { id, denied, to } of ledger.arrived) {
      const state = this.line.get(id)?.state;
      if (!denied && state !== undefined && state !== 'sent' && state !== 'unknown') {
        wrong.push(`law 1: ${to} has it, and it is ${state}`);
      }
    }
    if (wrong.length > 0) throw new Wrong(wrong.join('\n'));
  }

  #people(): Promise<Person[]> {
    return rows<Person>(
      this.app.db,
      `SELECT c.owner_id, array_agg(DISTINCT k.id::text) AS ids, coalesce(array_agg(DISTINCT i.canonical) FILTER (WHERE i.canonical IS NOT NULL), '{}') AS emails,
              c.zone, c.birthday, c.hidden_at IS NOT NULL AS hidden
         FROM contact c JOIN contact k ON coalesce(k.merged_into, k.id) = c.id
         LEFT JOIN identity i ON i.contact_id = k.id AND i.kind = 'email'
        WHERE c.merged_into IS NULL GROUP BY c.id`,
    );
  }

  /** The server is well, owners are back, what is unknown is settled: whatever waits goes on, or says why it does not. */
  async comeToRest(days: number, goOn?: () => Promise<unknown>): Promise<void> {
    rewrite(this.server);
    await this.app.db.query(`UPDATE message SET lease_until = clock_timestamp() - interval '1 second' WHERE lease_until IS NOT NULL`); // prettier-ignore
    await this.ears?.lookAll(this);
    await this.tick();
    for (const side of this.sides) {
      await this.ask(side, 'post', '/resume');
      this.ledger.stopped.delete(side.ownerId);
      await this.ask(side, 'post', `/mailboxes/${side.mailboxId}/resume`);
    }
    for (const { id, ownerId, state } of this.line.values()) {
      const side = this.sides.find((one) => one.ownerId === ownerId);
      if (state === 'unknown' && side)
        await this.ask(side, 'post', `/messages/${id}/settle`, { was: 'sent' });
    }
    const end = this.now.getTime() + days * 86_400_000;
    for (let jump = 0; jump < 150; jump += 1) {
      await this.ears?.lookAll(this);
      await this.tick();
      if (jump % 3 === 0) await goOn?.();
      const next = await this.nextDue();
      const at = Math.min(end, next?.getTime() ?? end, this.now.getTime() + 5 * 86_400_000);
      if (at <= this.now.getTime()) break;
      this.app.clock.set(new Date(at));
    }
    await this.tick();
    const rest = this.now;
    // What left in this instant is filed with the next look.
    this.pass(60_000);
    await this.ears?.lookAll(this);
    const wrong: string[] = [];
    for (const one of this.line.values()) {
      const told = `${one.kind} (${one.channel}) ${one.id} is ${one.state}`;
      if (['claimed', 'sending', 'unknown'].includes(one.state)) wrong.push(`${told} for ever`);
      if (one.handover) wrong.push(`${told}, and its sequence does not know`);
      if (one.state === 'planned' && (!one.why || !one.nextAt)) wrong.push(`${told}, and nobody knows why`);
      if (one.state === 'approved' && (!one.why || !one.nextAt || one.nextAt <= rest)) {
        wrong.push(`${told}, due ${String(one.nextAt?.toISOString())}: ${one.why}`);
      }
      if (one.state === 'withheld' && !one.why) wrong.push(`${told}, and nobody knows why`);
    }
    const deaf = await rows(this.app.db, `SELECT id FROM inbound WHERE turn IS NOT NULL`);
    if (deaf.length > 0) wrong.push(`${deaf.length} received mails were never heeded`);
    if (wrong.length > 0) throw new Wrong(wrong.join('\n'));
    await this.explainAll();
  }

  async explainAll(): Promise<void> {
    for (const side of this.sides) {
      for (const contactId of side.contacts) {
        const { status } = await this.ask(side, 'get', `/contacts/${contactId}/why`);
        const known = this.ledger.personOf(contactId);
        if (known && !known.hidden && status !== 200)
          throw new Wrong(`"why" of ${contactId} answers ${status}`);
      }
    }
  }
}
