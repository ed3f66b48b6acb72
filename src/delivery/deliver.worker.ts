import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { CONFIG, type Config } from '../config.js';
import { Log } from '../log.js';
import { Metrics } from '../metrics.js';
import { SecretUnreadable } from '../mail/secrets.js';
import { SmtpSession } from '../mail/smtp.js';
import { judgeSend } from '../core/smtp-result.js';
import { Handles, type JobHandler } from '../queue/handles.js';
import { Queue } from '../queue/queue.service.js';
import { claimDue, deliverableMailboxes, settle, sweepLeases, type Claimed } from './claim.js';
import { decisions } from './last-look.js';
import { MailboxAccess } from './mailbox-access.js';
import { pauseMailbox, wakeMailbox } from './mailbox-state.js';
import { heldSettlement, sendOne } from './send-one.js';

/** Messages claimed at once. A worker that dies leaves at most these to be offered again. */
const BATCH = 20;

/** Sends what is approved and due, mailbox by mailbox. */
@Injectable()
@Handles('deliver')
export class DeliverWorker implements JobHandler<'deliver'>, OnModuleDestroy {
  private closing = false;

  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    private readonly access: MailboxAccess,
    private readonly queue: Queue,
    private readonly log: Log,
    private readonly metrics: Metrics,
  ) {}

  onModuleDestroy(): void {
    this.closing = true;
  }

  async handle(): Promise<void> {
    const swept = await sweepLeases(this.db, this.clock.now());
    if (swept.unknown > 0) this.log.warn({ count: swept.unknown }, 'messages whose end is unknown');
    const mailboxes = await deliverableMailboxes(this.db, this.clock.now());
    const ends = await Promise.allSettled(mailboxes.map((mailbox) => this.deliverFrom(mailbox.id)));
    if (mailboxes.length > 0) await this.queue.wake('plan', {});
    const broken = ends.find((end) => end.status === 'rejected');
    if (broken) throw broken.reason;
  }

  private async deliverFrom(mailboxId: string): Promise<void> {
    while (!this.closing) {
      const claimed = await claimDue(this.db, {
        mailboxId,
        now: this.clock.now(),
        limit: BATCH,
        leaseSeconds: this.config.SEND_LEASE_SECONDS,
      });
      if (claimed.length === 0) return;
      const goesOn = await this.deliverBatch(mailboxId, claimed);
      if (!goesOn) return;
    }
  }

  /** False when the mailbox must rest. What was not sent is handed back. */
  private async deliverBatch(mailboxId: string, claimed: Claimed[]): Promise<boolean> {
    const waiting = await this.firstLook(claimed);
    let session: SmtpSession | null = null;
    try {
      // Taken out only when its own conversation begins: whatever breaks before, it is handed back with the others.
      for (let next = waiting[0]; next; next = waiting[0]) {
        if (this.closing) return false;
        const access = await this.accessTo(mailboxId);
        if (access === null) return false;
        if (!session?.usable) {
          await session?.close();
          const opened = await SmtpSession.open(access.smtp);
          if (opened.kind === 'refused') {
            const verdict = judgeSend({ ...opened, attempts: next.attempts });
            if (verdict.kind === 'mailbox') await pauseMailbox(this.db, mailboxId, verdict, this.clock.now());
            return false;
          }
          session = opened.session;
          await wakeMailbox(this.db, mailboxId);
        }
        waiting.shift();
        const begun = performance.now();
        const sent = await sendOne(session, next, {
          db: this.db,
          now: () => this.clock.now(),
          leaseSeconds: this.config.SEND_LEASE_SECONDS,
          sandbox: access.sandbox,
        });
        const result = sent.kind === 'mailbox' ? 'mailbox' : sent.result;
        this.metrics.sendSeconds.observe({ result }, (performance.now() - begun) / 1000);
        if (sent.kind === 'mailbox') {
          await pauseMailbox(this.db, mailboxId, sent.verdict, this.clock.now());
          return false;
        }
      }
      return true;
    } finally {
      await session?.close();
      for (const left of waiting) {
        const now = this.clock.now();
        await settle(this.db, left, { to: 'approved', why: null, whyCode: null, nextAt: now }, now);
      }
    }
  }

  /** Null when the password cannot be opened here: nobody was refused, and the owner must put it right. */
  private async accessTo(mailboxId: string): Promise<Awaited<ReturnType<MailboxAccess['settings']>> | null> {
    try {
      return await this.access.settings(mailboxId);
    } catch (error) {
      if (!(error instanceof SecretUnreadable)) throw error;
      const verdict = { kind: 'mailbox', why: error.message, advice: '', pauseSeconds: null } as const;
      await pauseMailbox(this.db, mailboxId, verdict, this.clock.now());
      return null;
    }
  }

  /** The cheap look, before a connection is opened: who is stopped or must wait is not even dialled for. */
  private async firstLook(claimed: readonly Claimed[]): Promise<Claimed[]> {
    const now = this.clock.now();
    const said = await decisions(this.db, claimed, now);
    const sendable: Claimed[] = [];
    for (const one of claimed) {
      const decision = said.get(one.id);
      if (!decision || decision.kind === 'send') sendable.push(one);
      else await settle(this.db, one, heldSettlement(decision, now), now);
    }
    return sendable;
  }
}
