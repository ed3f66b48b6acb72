import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../clock.js';
import { CONFIG, type Config } from '../config.js';
import { judgeSend } from '../core/smtp-result.js';
import { appendAudit } from '../database/append.js';
import { newId } from '../database/ids.js';
import { affected, row, rows } from '../database/rows.js';
import { AppError } from '../http/errors.js';
import { stale } from '../http/if-match.js';
import { pageOf, type Page, type PageQuery } from '../http/page.js';
import { openSecret, sealSecret, SecretUnreadable } from '../mail/secrets.js';
import { SmtpSession } from '../mail/smtp.js';
import { Queue } from '../queue/queue.service.js';
import { refusePlainPassword } from './plain-password.js';
import type { CreateMailbox, EditMailbox, MailboxAnswer, MailboxTest } from './mailboxes.schemas.js';

const COLUMNS = `id, kind, address, display_name, host, port, tls, username, password_sealed IS NOT NULL AS has_password,
  state, paused_why, paused_until, read_through_at, version, created_at`;

/** Somebody waits for the answer: shorter than for a real mail. In ms. */
const TEST_TIMEOUTS = { connect: 10_000, greeting: 15_000, socket: 15_000 };

/** The register of mailboxes. The password is sealed on its way in and opened only to sign in. */
@Injectable()
export class MailboxesService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    private readonly queue: Queue,
  ) {}

  async list(ownerId: string, { limit, cursor }: PageQuery): Promise<Page<MailboxAnswer>> {
    const found = await rows<MailboxAnswer>(
      this.db,
      `SELECT ${COLUMNS} FROM mailbox WHERE owner_id = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3`,
      [ownerId, cursor ?? null, limit + 1],
    );
    return pageOf(found, limit);
  }

  async get(ownerId: string, id: string): Promise<MailboxAnswer> {
    const found = await row<MailboxAnswer>(
      this.db,
      `SELECT ${COLUMNS} FROM mailbox WHERE owner_id = $1 AND id = $2`,
      [ownerId, id],
    );
    if (!found) throw new AppError('not-found', 'There is no such mailbox.');
    return found;
  }

  async add(ownerId: string, body: CreateMailbox): Promise<MailboxAnswer> {
    const id = newId();
    const { tls, host, username = null, password } = body;
    refusePlainPassword({ tls, host, hasPassword: password !== undefined });
    const added = await this.db.transaction(async (tx) => {
      const made = await row<MailboxAnswer>(
        tx,
        `INSERT INTO mailbox (id, owner_id, created_at, kind, address, display_name, host, port, tls, username, password_sealed,
                              adopts)
         SELECT $1, $2, $3, 'smtp', $4, coalesce($5, o.name), $6, $7, $8, $9, $10, true FROM owner o WHERE o.id = $2
         ON CONFLICT (owner_id, address, kind) DO NOTHING RETURNING ${COLUMNS}`,
        [
          id,
          ownerId,
          this.clock.now(),
          body.address,
          body.displayName ?? null,
          host,
          body.port ?? (tls === 'implicit' ? 465 : 587),
          tls,
          username,
          password === undefined ? null : sealSecret(password, this.config.secretKey, id),
        ],
      );
      if (!made)
        throw new AppError('conflict', `There is a mailbox for ${body.address} already: edit that one.`);
      await this.audit(tx, ownerId, id, 'mailbox added');
      return made;
    });
    // Who waits in the sandbox moves over; a lost wake costs a minute.
    await this.queue.wake('plan', {}).catch(() => undefined);
    return added;
  }

  async edit(ownerId: string, id: string, version: number, body: EditMailbox): Promise<MailboxAnswer> {
    const before = await this.get(ownerId, id);
    const { displayName, ...server } = body;
    if (before.kind === 'sandbox' && Object.keys(server).length > 0) {
      throw new AppError('conflict', 'The sandbox has no server: only its display name can be changed.');
    }
    const username = body.username === undefined ? before.username : body.username;
    const hasPassword = username !== null && (before.hasPassword || body.password !== undefined);
    if (body.password !== undefined && username === null) {
      throw new AppError('invalid', 'A password wants a user name: give both.', [
        { in: 'body', field: 'username', message: 'is missing' },
      ]);
    }
    refusePlainPassword({ tls: body.tls ?? before.tls, host: body.host ?? before.host ?? '', hasPassword });
    const sealed = body.password === undefined ? null : sealSecret(body.password, this.config.secretKey, id);
    return this.db.transaction(async (tx) => {
      const edited = await row<MailboxAnswer>(
        tx,
        `UPDATE mailbox SET display_name = coalesce($4, display_name), host = coalesce($5, host),
                port = coalesce($6, port), tls = coalesce($7, tls), username = $8,
                password_sealed = CASE WHEN $8::text IS NULL THEN NULL ELSE coalesce($9, password_sealed) END,
                version = version + 1
          WHERE owner_id = $1 AND id = $2 AND version = $3 RETURNING ${COLUMNS}`,
        [
          ownerId,
          id,
          version,
          displayName ?? null,
          body.host ?? null,
          body.port ?? null,
          body.tls ?? null,
          username,
          sealed,
        ],
      );
      if (!edited) throw stale('The mailbox');
      await this.audit(tx, ownerId, id, 'mailbox edited', { fields: Object.keys(body) });
      return edited;
    });
  }

  async remove(ownerId: string, id: string, version: number): Promise<void> {
    const { kind } = await this.get(ownerId, id);
    if (kind === 'sandbox')
      throw new AppError('conflict', 'The sandbox stays: it is where mail goes without a server.');
    await this.db.transaction(async (tx) => {
      const used = await row(
        tx,
        `SELECT 1 FROM enrollment WHERE owner_id = $1 AND mailbox_id = $2
         UNION ALL SELECT 1 FROM message WHERE owner_id = $1 AND mailbox_id = $2 LIMIT 1`,
        [ownerId, id],
      );
      if (used) {
        throw new AppError(
          'conflict',
          'This mailbox is in use: people are written to from it, and their mails name it.',
        );
      }
      const gone = await affected(
        tx,
        'DELETE FROM mailbox WHERE owner_id = $1 AND id = $2 AND version = $3',
        [ownerId, id, version],
      );
      if (gone === 0) throw stale('The mailbox');
      await this.audit(tx, ownerId, id, 'mailbox removed');
    });
  }

  /** Opens the conversation up to sign-in and says goodbye; nothing is sent. */
  async test(ownerId: string, id: string): Promise<MailboxTest> {
    const mailbox = await this.get(ownerId, id);
    if (mailbox.kind === 'sandbox' || mailbox.host === null || mailbox.port === null) {
      return this.passed(
        ownerId,
        mailbox,
        'The sandbox keeps mail on this machine; there is no server to ask.',
      );
    }
    const { host, port, tls, username } = mailbox;
    const secret = await this.password(ownerId, id);
    if (secret.kind === 'unreadable') {
      return { ok: false, stage: 'auth', why: secret.why, advice: 'Enter the password again.', mailbox };
    }
    const opened = await SmtpSession.open({
      host,
      port,
      tls,
      timeouts: TEST_TIMEOUTS,
      ...(username !== null && { username }),
      ...(secret.password !== null && { password: secret.password }),
    });
    if (opened.kind === 'open') {
      await opened.session.close();
      return this.passed(ownerId, mailbox, null);
    }
    const verdict = judgeSend({ ...opened, attempts: 0 });
    return {
      ok: false,
      stage: opened.stage,
      why: 'why' in verdict ? verdict.why : opened.text,
      advice: verdict.kind === 'mailbox' ? verdict.advice : null,
      mailbox,
    };
  }

  async resume(ownerId: string, id: string): Promise<MailboxAnswer> {
    await this.unpause(ownerId, id, { alsoTimed: true });
    return this.get(ownerId, id);
  }

  private async passed(ownerId: string, { id }: MailboxAnswer, advice: string | null): Promise<MailboxTest> {
    await this.unpause(ownerId, id, { alsoTimed: false });
    return { ok: true, stage: null, why: null, advice, mailbox: await this.get(ownerId, id) };
  }

  /** A pause with a time is the provider's wish for slower sending; only the owner's own word overrides it. */
  private async unpause(ownerId: string, id: string, { alsoTimed }: { alsoTimed: boolean }): Promise<void> {
    await this.get(ownerId, id);
    const changed = await this.db.transaction(async (tx) => {
      const touched = await affected(
        tx,
        `UPDATE mailbox SET state = 'active', paused_why = NULL, paused_until = NULL, version = version + 1
          WHERE owner_id = $1 AND id = $2 AND state = 'paused' AND ($3 OR paused_until IS NULL)`,
        [ownerId, id, alsoTimed],
      );
      if (touched > 0) await this.audit(tx, ownerId, id, 'mailbox resumed');
      return touched > 0;
    });
    // A lost wake costs a minute.
    if (changed) await this.queue.wake('deliver', {}).catch(() => undefined);
  }

  private async password(
    ownerId: string,
    id: string,
  ): Promise<{ kind: 'read'; password: string | null } | { kind: 'unreadable'; why: string }> {
    const found = await row<{ passwordSealed: Buffer | null }>(
      this.db,
      'SELECT password_sealed FROM mailbox WHERE owner_id = $1 AND id = $2',
      [ownerId, id],
    );
    if (!found?.passwordSealed) return { kind: 'read', password: null };
    try {
      return { kind: 'read', password: openSecret(found.passwordSealed, this.config.secretKey, id) };
    } catch (error) {
      if (error instanceof SecretUnreadable) return { kind: 'unreadable', why: error.message };
      throw error;
    }
  }

  private audit(
    tx: EntityManager,
    ownerId: string,
    id: string,
    what: string,
    detail: Record<string, unknown> = {},
  ): Promise<void> {
    const at = this.clock.now();
    return appendAudit(tx, {
      ownerId,
      at,
      who: 'owner',
      what,
      subjectKind: 'mailbox',
      subjectId: id,
      detail,
    });
  }
}
