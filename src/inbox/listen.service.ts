import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { CONFIG, type Config } from '../config.js';
import { newId } from '../database/ids.js';
import { Log } from '../log.js';
import { MailboxServers } from '../mail/mailbox-servers.js';
import { Queue } from '../queue/queue.service.js';
import { IngestService } from './ingest.service.js';
import { listenable, type Listenable } from './listen-ear.js';
import { MailboxListener } from './listen-mailbox.js';
import { LISTEN_TIMES, type ListenTimes, type ListenTools } from './listen.types.js';

/**
 * Listens to every mailbox with an IMAP server, in the worker role. Any number of workers may run: each mailbox is one
 * worker's at a time, and when that one dies another takes it over within the lease.
 */
@Injectable()
export class ListenService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly holder = newId();
  private readonly listeners = new Map<string, { settings: string; listener: MailboxListener }>();
  private readonly ending = new AbortController();
  private running: Promise<void> | null = null;

  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    private readonly servers: MailboxServers,
    private readonly ingest: IngestService,
    private readonly queue: Queue,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.ROLES.includes('worker')) this.start();
  }

  /** Until the service ends. @param times tests want them shorter */
  start(times: ListenTimes = LISTEN_TIMES): void {
    this.running ??= this.watch(times);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.ending.abort();
    await this.running;
    await Promise.all([...this.listeners.values()].map(({ listener }) => listener.stop()));
    this.listeners.clear();
  }

  private async watch(times: ListenTimes): Promise<void> {
    while (!this.ending.signal.aborted) {
      try {
        await this.settle(await listenable(this.db), times);
      } catch (error) {
        this.log.warn({ err: String(error) }, 'looking for mailboxes to listen to');
      }
      await delay(times.search, undefined, { signal: this.ending.signal, ref: false }).catch(() => undefined);
    }
  }

  /** One listener for each mailbox that wants one; anew where the way to its server has changed. */
  private async settle(wanted: readonly Listenable[], times: ListenTimes): Promise<void> {
    const settings = new Map(wanted.map((one) => [one.mailboxId, one.settings]));
    for (const [id, { settings: before, listener }] of this.listeners) {
      if (!listener.ended && settings.get(id) === before) continue;
      this.listeners.delete(id);
      await listener.stop();
    }
    for (const one of wanted) {
      if (this.ending.signal.aborted || this.listeners.has(one.mailboxId)) continue;
      const ear = { ownerId: one.ownerId, mailboxId: one.mailboxId, holder: this.holder };
      const access = () => this.servers.imap(one.mailboxId);
      const listener = new MailboxListener(this.tools(), ear, access, times);
      if (await listener.start()) this.listeners.set(one.mailboxId, { settings: one.settings, listener });
    }
  }

  private tools(): ListenTools {
    return {
      db: this.db,
      log: this.log,
      now: () => this.clock.now(),
      ingest: (ownerId, raw) => this.ingest.ingest(ownerId, raw),
      wake: (name) => this.queue.wake(name, {}),
    };
  }
}
