import { appendFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../src/app.module.js';
import { readConfig } from '../../src/config.js';
import type { Mailbox } from '../../src/database/entities/owner.entity.js';
import type { Message } from '../../src/database/entities/message.entity.js';
import { row, rows } from '../../src/database/rows.js';
import { Log } from '../../src/log.js';
import { JobRunner } from '../../src/queue/job-runner.js';
import { startApp, TEST_TOKEN, type TestApp } from '../app.js';
import { buildApproved, buildMailbox } from '../factories.js';
import { startScriptedSmtp, type Received, type Script, type ScriptedSmtp } from '../mail/scripted-smtp.js';

/** Monday 10:00 in Berlin: a good hour. */
export const NOW = '2026-11-23T09:00:00Z';
/** Seconds: so long a claim is its worker's. */
export const LEASE = 1.5;
/** Nothing is held back by pace, unless pace is the row. */
const FREE = { dailyCap: 1_000_000, hourlyCap: 1_000_000, gapSeconds: 0 };

/** As they pass the proxy: the last look takes its locks; the mark and its commit; the end of a send is written. */
export const AT_THE_LOCK = /EXECUTE followthrough_lock/;
export const AT_THE_MARK = /EXECUTE followthrough_mark/;
export const AT_THE_END = /INSERT INTO send_attempt/;

/** Settings of every worker on this ground. */
export const SETTINGS: Record<string, string> = {
  API_TOKEN: TEST_TOKEN,
  SECRET_KEY: '07'.repeat(32),
  SEND_LEASE_SECONDS: String(LEASE),
  SMTP_TIMEOUT_SECONDS: '1',
  LOG_LEVEL: process.env['TEST_LOG'] ?? 'silent',
};

/** What became of every message of a row. */
export interface Tally {
  messages: number;
  received: number;
  sent: number;
  waiting: number;
  failed: number;
  cancelled: number;
  unknown: number;
}

/** A further worker in this process: the same database, seen through whatever stands between. */
export interface Worker {
  nest: INestApplicationContext;
  /** One run; resolves with what it threw, or undefined. */
  deliver(): Promise<unknown>;
  close(): Promise<void>;
}

type Shown = Pick<
  Message,
  'id' | 'state' | 'nextAt' | 'leaseUntil' | 'why' | 'whyCode' | 'toAddress' | 'attempts'
>;

/** One service and its database, on which the rows of the fault table are played one after the other. */
export class FaultGround {
  private readonly closers: (() => Promise<unknown>)[] = [];
  private readonly others: Promise<unknown>[] = [];
  private counted: Record<string, unknown> | null = null;

  private constructor(readonly app: TestApp) {}

  static async start(overrides: Record<string, string> = {}): Promise<FaultGround> {
    return new FaultGround(await startApp({ now: NOW, overrides: { ...SETTINGS, ...overrides } }));
  }

  get databaseUrl(): string {
    return (this.app.db.options as { url: string }).url;
  }

  /** Ends with the row. */
  async server(script: Script = {}): Promise<ScriptedSmtp> {
    const server = await startScriptedSmtp({ tls: 'none', ...script });
    return this.lent(server);
  }

  /** Closed when the row has ended, the last one first. */
  lent<T extends { close(): Promise<unknown> }>(thing: T): T {
    this.closers.unshift(() => thing.close());
    return thing;
  }

  async mailbox(port: number, over: Partial<Mailbox> = {}): Promise<string> {
    return (await buildMailbox(this.app, { port, address: 'ada@example.org', ...FREE, ...over })).id;
  }

  /** Approved and due, each to somebody of their own. */
  async approved(
    mailboxId: string,
    count: number,
    over: Parameters<typeof buildApproved>[1] = {},
  ): Promise<Message[]> {
    const made: Message[] = [];
    for (let n = 0; n < count; n += 1) made.push(await buildApproved(this.app, { mailboxId, ...over }));
    return made;
  }

  /** One run of the service itself; resolves with what it threw, or undefined. */
  deliver(): Promise<unknown> {
    return deliverOn(this.app.get(JobRunner));
  }

  async worker(
    options: {
      databaseUrl?: string;
      redisUrl?: string;
      roles?: string;
      settings?: Record<string, string>;
    } = {},
  ): Promise<Worker> {
    const databaseUrl = options.databaseUrl ?? this.databaseUrl;
    const config = readConfig({
      ...SETTINGS,
      ROLES: options.roles ?? 'web',
      DATABASE_URL: databaseUrl,
      ...(options.redisUrl !== undefined && { REDIS_URL: options.redisUrl }),
      ...options.settings,
    });
    const log = new Log(config.LOG_LEVEL);
    const parts = { config, databaseUrl, clock: this.app.clock, log };
    const nest = await NestFactory.createApplicationContext(AppModule.of(parts), {
      logger: false,
      abortOnError: false,
    });
    return this.lent({
      nest,
      deliver: () => deliverOn(nest.get(JobRunner)),
      close: () => nest.close(),
    });
  }

  async message(id: string): Promise<Message> {
    return (await row<Message>(this.app.db, 'SELECT * FROM message WHERE id = $1', [id]))!;
  }

  async mailboxRow(id: string): Promise<Mailbox> {
    return (await row<Mailbox>(this.app.db, 'SELECT * FROM mailbox WHERE id = $1', [id]))!;
  }

  async inState(...states: string[]): Promise<number> {
    return (await rows(this.app.db, 'SELECT id FROM message WHERE state = ANY ($1)', [states])).length;
  }

  async until(holds: () => Promise<boolean> | boolean, ms = 60_000): Promise<void> {
    const end = performance.now() + ms;
    while (!(await holds())) {
      if (performance.now() > end) throw new Error('it never came to be');
      await pause(10);
    }
  }

  /** For longer than the lease, others look for what was left behind. They may be held up by the fault themselves. */
  async othersWork(lease = LEASE): Promise<void> {
    const end = performance.now() + lease * 1000 + 500;
    while (performance.now() < end) {
      const run = this.deliver();
      this.others.push(run);
      await Promise.race([run, pause(300)]);
      await pause(50);
    }
  }

  async othersDone(): Promise<void> {
    await Promise.all(this.others.splice(0));
  }

  /** Other sessions of this database that are at work on a statement. */
  async busyElsewhere(): Promise<number> {
    const found = await rows(
      this.app.db,
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = 'active'`,
    );
    return found.length;
  }

  /** Sessions of this database that wait for a lock. */
  async waitingForLocks(): Promise<number> {
    const found = await rows(
      this.app.db,
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return found.length;
  }

  /** Delivers until nothing is due or under way any more. */
  async settle(ms = 60_000): Promise<void> {
    await this.until(async () => {
      await this.deliver();
      const open = await rows(
        this.app.db,
        `SELECT 1 FROM message m JOIN mailbox b ON b.id = m.mailbox_id
          WHERE m.state IN ('claimed', 'sending')
             OR (m.state = 'approved' AND m.next_at <= $1 AND b.state = 'active') LIMIT 1`,
        [this.app.clock.now()],
      );
      return open.length === 0;
    }, ms);
  }

  /** The fault is over and the waiting has passed: the mailbox rests no more, what is approved is due. */
  async calm(): Promise<void> {
    await this.app.db.query(
      `UPDATE mailbox SET state = 'active', paused_why = NULL, paused_until = NULL, next_slot_at = NULL, slow_factor = 1,
              slowed_until = NULL WHERE kind = 'smtp'`,
    );
    await this.app.db.query(`UPDATE message SET next_at = $1 WHERE state = 'approved'`, [
      this.app.clock.now(),
    ]);
    await this.settle();
  }

  /**
   * Counts what the servers received against what the database says, and records it for `run.mjs`. Fails on anything
   * received twice or by somebody else, on anything unaccounted for, and on a state that does not say the truth.
   * @param receivedBy the servers, or message ids and recipients out of a sink's log
   */
  async account(
    ...receivedBy: { received: readonly Pick<Received, 'messageId' | 'to'>[] }[]
  ): Promise<Tally> {
    const received = receivedBy.flatMap((server) => server.received);
    const messages = await rows<Shown>(
      this.app.db,
      `SELECT id, state, next_at, lease_until, why, why_code, to_address, attempts FROM message ORDER BY id`,
    );
    const times = new Map<string, number>();
    for (const { messageId } of received) {
      const id = messageId.slice(1, 37);
      times.set(id, (times.get(id) ?? 0) + 1);
    }
    const shown = await this.shownAsUnknown();
    const duplicates = [...times].filter(([, count]) => count > 1);
    const lies = messages.flatMap((message) => {
      const lie = lieOf(message, times.get(message.id) ?? 0, shown);
      return lie === null ? [] : [{ ...message, received: times.get(message.id) ?? 0, lie }];
    });
    const byId = new Map(messages.map((message) => [message.id, message]));
    const strays = received.filter(
      ({ messageId, to }) => to.length !== 1 || to[0] !== byId.get(messageId.slice(1, 37))?.toAddress,
    );
    const silent = await rows(
      this.app.db,
      `SELECT id, state FROM mailbox WHERE state = 'paused' AND coalesce(paused_why, '') = ''`,
    );
    const count = (...states: string[]) => messages.filter(({ state }) => states.includes(state)).length;
    const tally: Tally = {
      messages: messages.length,
      received: received.length,
      sent: count('sent'),
      waiting: count('approved', 'planned', 'needs_review', 'withheld'),
      failed: count('failed'),
      cancelled: count('cancelled'),
      unknown: count('unknown'),
    };
    this.record(tally, duplicates.length, lies.length + strays.length);
    expect({ duplicates, lies, strays, silent }).toEqual({
      duplicates: [],
      lies: [],
      strays: [],
      silent: [],
    });
    const { sent, waiting, failed, cancelled, unknown } = tally;
    expect(sent + waiting + failed + cancelled + unknown).toBe(messages.length);
    return tally;
  }

  /** The row is over: its servers close, its people and messages go. */
  async clear(): Promise<void> {
    this.handOver();
    for (const close of this.closers.splice(0)) await close();
    this.app.clock.set(new Date(NOW));
    await this.app.db.query(`TRUNCATE contact, message, inbound, suppression CASCADE`);
    await this.app.db.query(`DELETE FROM mailbox WHERE kind = 'smtp'`);
    await this.app.db.query(`UPDATE owner SET stopped_at = NULL`);
  }

  async close(): Promise<void> {
    await this.app.close();
  }

  private async shownAsUnknown(): Promise<Map<string, string | null>> {
    const { body } = await this.app.http.get('/outbox?state=unknown&limit=200').expect(200);
    const { items } = body as { items: { id: string; why: string | null }[] };
    return new Map(items.map(({ id, why }) => [id, why]));
  }

  /** The last count of a row stands for it; what was wrong at any of them is not forgotten. */
  private record(tally: Tally, duplicates: number, unaccounted: number): void {
    const { counted } = this;
    this.counted = {
      row: rowName(),
      ...tally,
      duplicates: Math.max(duplicates, Number(counted?.['duplicates'] ?? 0)),
      unaccounted: Math.max(unaccounted, Number(counted?.['unaccounted'] ?? 0)),
    };
  }

  private handOver(): void {
    const file = process.env['FAULT_TALLY'];
    if (file && this.counted) appendFileSync(file, `${JSON.stringify(this.counted)}\n`);
    this.counted = null;
  }
}

function rowName(): string {
  const name = (expect.getState().currentTestName ?? '').replace(/^the fault table: /, '');
  return name.replace(/^([^,]*), round \d+/, '$1:');
}

async function deliverOn(runner: JobRunner): Promise<unknown> {
  try {
    await runner.run('deliver', {});
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Null where its state is the truth and leaves nothing open. */
function lieOf(message: Shown, received: number, shown: Map<string, string | null>): string | null {
  const { state, nextAt, leaseUntil, why } = message;
  if (leaseUntil !== null) return 'somebody still holds it';
  switch (state) {
    case 'sent':
      return received === 1 ? null : 'sent, and nobody received it';
    case 'unknown':
      return why && shown.get(message.id) && nextAt === null ? null : 'unknown, and the owner is not told';
    case 'failed':
    case 'cancelled':
      if (received > 0) return 'received all the same';
      return why ? null : 'the owner is not told why';
    case 'approved':
    case 'planned':
      if (received > 0) return 'received, and it would go again';
      return nextAt === null ? 'waits for nothing' : null;
    case 'withheld':
    case 'needs_review':
      return received > 0 ? 'received, and it would go again' : null;
    default:
      return 'left in the middle';
  }
}

/** What the server does from now on, and only that. */
export function rewrite(server: ScriptedSmtp, script: Script = {}): void {
  const { tls } = server.script;
  for (const key of Object.keys(server.script)) Reflect.deleteProperty(server.script, key);
  Object.assign(server.script, { tls, ...script });
}

/** Does it the first time only. */
export function once(act: () => unknown): () => Promise<void> {
  let done = false;
  return async () => {
    if (done) return;
    done = true;
    await act();
  };
}
