import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { CONFIG, type Config } from '../config.js';
import { settleSighted } from '../database/sent-copies.js';
import { Log } from '../log.js';
import { Metrics } from '../metrics.js';
import { Handles, type JobHandler } from '../queue/handles.js';
import { Queue } from '../queue/queue.service.js';
import { deliverableMailboxes, sweepLeases, type Candidate } from './claim.js';
import { Gatherer } from './gatherer.js';
import { lookAndMark, type LastLook } from './last-look.js';
import { MailboxAccess, MailboxResting } from './mailbox-access.js';
import { MailboxRun, type RunTools } from './mailbox-run.js';
import { endStrayPauses, pauseMailbox } from './mailbox-state.js';
import { Recorder } from './recorder.js';

/** ms a group of marks waits for somebody's lock; then each goes alone, and only who is locked waits on. */
const GROUP_PATIENCE = 500;

/** ms the job waits for its mailboxes: a slow server holds up its own mail, and nobody else's. */
const PATIENCE = 20_000;

/** Sends what is approved and due, mailbox by mailbox. Marks and ends of all of them are committed in groups. */
@Injectable()
@Handles('deliver')
export class DeliverWorker implements JobHandler<'deliver'>, OnModuleDestroy {
  private closing = false;
  /** By mailbox: one run each in this process. */
  private readonly runs = new Map<string, Promise<void>>();
  private readonly recorder: Recorder;
  private readonly marks: Gatherer<Candidate, LastLook>;

  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    private readonly access: MailboxAccess,
    private readonly queue: Queue,
    private readonly log: Log,
    private readonly metrics: Metrics,
  ) {
    const now = () => this.clock.now();
    const mark = (candidates: readonly Candidate[], patience?: number) =>
      lookAndMark(db, candidates, {
        now: now(),
        leaseSeconds: config.SEND_LEASE_SECONDS,
        ...(patience !== undefined && { patience }),
      });
    this.recorder = new Recorder(db, now);
    this.marks = new Gatherer<Candidate, LastLook>(
      {
        group: (candidates) => mark(candidates, GROUP_PATIENCE),
        one: async (candidate) => (await mark([candidate]))[0] ?? { kind: 'lost' },
      },
      { most: 100, atOnce: 3, everyMs: 8 },
    );
  }

  /** Begins nothing new, lets every conversation come to its end and be written, and hands the rest back. */
  async onModuleDestroy(): Promise<void> {
    this.closing = true;
    const patience = new AbortController();
    const ended = Promise.allSettled(this.runs.values()).then(() => this.recorder.close());
    const leased = pause(this.config.SEND_LEASE_SECONDS * 1000, undefined, { signal: patience.signal });
    await Promise.race([ended, leased.catch(() => undefined)]);
    patience.abort();
  }

  async handle(): Promise<void> {
    if (this.closing) return;
    const swept = await sweepLeases(this.db, this.clock.now());
    if (swept.unknown > 0) this.log.warn({ count: swept.unknown }, 'messages whose end is unknown');
    // What was found in the Sent folder proves that it went out.
    const sighted = await settleSighted(this.db);
    if (sighted > 0) await this.queue.wake('plan', {});
    await endStrayPauses(this.db, this.clock.now());
    const mailboxes = await deliverableMailboxes(this.db, this.clock.now());
    const idle = mailboxes.filter(({ id }) => !this.runs.has(id));
    const ends = Promise.allSettled(idle.map(({ id }) => this.deliverFrom(id)));
    const ended = await Promise.race([ends, pause(PATIENCE, null, { ref: false })]);
    const broken = ended?.find((end) => end.status === 'rejected');
    if (broken) throw broken.reason;
  }

  /** Goes on after the job where it takes long; whatever happens then is in the log. */
  private deliverFrom(mailboxId: string): Promise<void> {
    const begun = performance.now();
    const run = new MailboxRun(mailboxId, this.tools(mailboxId))
      .run()
      .catch((error: unknown) => {
        if (performance.now() - begun > PATIENCE) {
          this.log.error(
            { mailbox: mailboxId, err: String(error) },
            'a mailbox was left before its mail was sent',
          );
        }
        throw error;
      })
      .finally(async () => {
        this.runs.delete(mailboxId);
        if (!this.closing) await this.queue.wake('plan', {});
      });
    this.runs.set(mailboxId, run);
    return run;
  }

  private tools(mailboxId: string): RunTools {
    return {
      db: this.db,
      log: this.log,
      now: () => this.clock.now(),
      leaseSeconds: this.config.SEND_LEASE_SECONDS,
      connections: this.config.SMTP_CONNECTIONS,
      access: () => this.accessTo(mailboxId),
      mark: (candidate) => this.marks.add(candidate),
      record: (ending) => this.recorder.record(ending),
      closing: () => this.closing,
      observe: (result, seconds) => this.metrics.sendSeconds.observe({ result }, seconds),
    };
  }

  /** Null when we cannot sign in at present: nobody was refused, and the owner is told what to put right. */
  private async accessTo(mailboxId: string): ReturnType<RunTools['access']> {
    try {
      return await this.access.settings(mailboxId);
    } catch (error) {
      if (!(error instanceof MailboxResting)) throw error;
      await pauseMailbox(this.db, mailboxId, error.verdict, this.clock.now());
      return null;
    }
  }
}
