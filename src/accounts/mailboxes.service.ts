import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../clock.js';
import { CONFIG, type Config } from '../config.js';
import { appendAudit } from '../database/append.js';
import { newId } from '../database/ids.js';
import { affected, row, rows } from '../database/rows.js';
import { AppError } from '../http/errors.js';
import { stale } from '../http/if-match.js';
import { pageOf, type Page, type PageQuery } from '../http/page.js';
import { OutsideWorld } from '../mail/guess-outside.js';
import { OAuthProviders } from '../mail/oauth-providers.js';
import { sealedFor, type SealedColumn } from '../mail/sealed-columns.js';
import { sealSecret } from '../mail/secrets.js';
import { Queue } from '../queue/queue.service.js';
import { MAILBOX_COLUMNS, mailboxOf } from './mailbox-columns.js';
import { imapOf, refuseBadKey, refuseUnknownClient, type WishedServer, wishOf } from './mailbox-wish.js';
import type { CreateMailbox, EditMailbox, MailboxAnswer } from './mailboxes.schemas.js';
import { refusePlainPassword } from './plain-password.js';

/** The register of mailboxes. The password is sealed on its way in and opened only to sign in. */
@Injectable()
export class MailboxesService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    private readonly queue: Queue,
    private readonly world: OutsideWorld,
    private readonly providers: OAuthProviders,
  ) {}

  async list(ownerId: string, { limit, cursor }: PageQuery): Promise<Page<MailboxAnswer>> {
    const found = await rows<MailboxAnswer>(
      this.db,
      `SELECT ${MAILBOX_COLUMNS} FROM mailbox WHERE owner_id = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3`,
      [ownerId, cursor ?? null, limit + 1],
    );
    return pageOf(found, limit);
  }

  get(ownerId: string, id: string): Promise<MailboxAnswer> {
    return mailboxOf(this.db, ownerId, id);
  }

  /** The servers are found from the address where they are not given. @throws AppError where nothing is found */
  async add(ownerId: string, body: CreateMailbox): Promise<MailboxAnswer> {
    const id = newId();
    const wish = await wishOf(body, this.world, this.providers);
    if (body.dkim) refuseBadKey(body.dkim.key);
    const { smtp, imap } = wish;
    const waits = wish.auth === 'oauth2';
    const values: Record<string, unknown> = {
      kind: 'smtp',
      address: body.address,
      ...serverColumns(smtp, imap),
      password_sealed: this.sealed('password_sealed', id, smtp.password),
      imap_password_sealed: this.sealed('imap_password_sealed', id, imap?.password ?? null),
      auth: wish.auth,
      oauth_provider: wish.oauthProvider,
      saves_sent: wish.savesSent,
      ...this.dkimColumns(id, body.dkim),
      ...paceColumns(body),
      adopts: true,
      state: waits ? 'paused' : 'active',
      paused_why: waits ? `Sign in once: followthrough mailbox sign-in ${body.address}` : null,
    };
    const names = Object.keys(values);
    const added = await this.db.transaction(async (tx) => {
      const made = await row<MailboxAnswer>(
        tx,
        `INSERT INTO mailbox (id, owner_id, created_at, display_name, warm_up_from, ${names.join(', ')})
         SELECT $1, $2, $3, coalesce($4, o.name), CASE WHEN $5 THEN ($3::timestamptz AT TIME ZONE o.zone)::date ELSE $6::date END,
                ${names.map((_, at) => `$${at + 7}`).join(', ')}
           FROM owner o WHERE o.id = $2
         ON CONFLICT (owner_id, address, kind) DO NOTHING RETURNING ${MAILBOX_COLUMNS}`,
        [
          id,
          ownerId,
          this.clock.now(),
          body.displayName ?? null,
          // Nobody's reputation is spent on the first day, unless the owner knows better.
          body.warmUpFrom === undefined,
          body.warmUpFrom ?? null,
          ...Object.values(values),
        ],
      );
      if (!made)
        throw new AppError('conflict', `There is a mailbox for ${body.address} already: edit that one.`);
      await this.audit(tx, ownerId, id, 'mailbox added');
      return made;
    });
    // Who waits in the sandbox moves over; a lost wake costs a minute.
    await this.queue.wake('plan', {});
    return this.get(ownerId, added.id);
  }

  async edit(ownerId: string, id: string, version: number, body: EditMailbox): Promise<MailboxAnswer> {
    const before = await this.get(ownerId, id);
    const { displayName, ...rest } = body;
    if (before.kind === 'sandbox' && Object.keys(rest).length > 0) {
      throw new AppError('conflict', 'The sandbox has no server: only its display name can be changed.');
    }
    const values = { ...this.editedServer(before, body), ...paceColumns(body) };
    if (displayName !== undefined) values['display_name'] = displayName;
    if (body.warmUpFrom !== undefined) values['warm_up_from'] = body.warmUpFrom;
    if (body.savesSent !== undefined) values['saves_sent'] = body.savesSent;
    if (body.dkim) refuseBadKey(body.dkim.key);
    if (body.dkim !== undefined) Object.assign(values, this.dkimColumns(id, body.dkim));
    const names = Object.keys(values);
    return this.db.transaction(async (tx) => {
      const edited = await row<MailboxAnswer>(
        tx,
        `UPDATE mailbox SET version = version + 1${names.map((name, at) => `, ${name} = $${at + 4}`).join('')}
          WHERE owner_id = $1 AND id = $2 AND version = $3 RETURNING ${MAILBOX_COLUMNS}`,
        [ownerId, id, version, ...Object.values(values)],
      );
      if (!edited) throw stale('The mailbox');
      await this.audit(tx, ownerId, id, 'mailbox edited', { fields: Object.keys(body) });
      return edited;
    });
  }

  /** The columns of both servers and of the way to sign in, as far as the owner changes them. */
  private editedServer(before: MailboxAnswer, body: EditMailbox): Record<string, unknown> {
    const values: Record<string, unknown> = {};
    const { id } = before;
    const auth = body.auth ?? before.auth;
    const username = body.username === undefined ? before.username : body.username;
    if (body.password !== undefined && auth === 'oauth2') {
      throw new AppError('invalid', 'With OAuth there is no password: change auth to password as well.', [
        { in: 'body', field: 'password', message: 'does not go with oauth2' },
      ]);
    }
    if (body.password !== undefined && username === null) {
      throw new AppError('invalid', 'A password wants a user name: give both.', [
        { in: 'body', field: 'username', message: 'is missing' },
      ]);
    }
    const hasPassword = auth === 'oauth2' || (username !== null && (before.hasPassword || body.password !== undefined)); // prettier-ignore
    refusePlainPassword({ tls: body.tls ?? before.tls, host: body.host ?? before.host ?? '', hasPassword });
    const imap = body.imap ? imapOf(body.imap) : null;
    const read = imap ?? (body.imap === undefined ? before.imap : null);
    if (read) {
      const own = imap ? imap.password !== null : (before.imap?.hasPassword ?? false);
      refusePlainPassword({ ...read, hasPassword: hasPassword || own, field: 'imap.tls' });
    }
    for (const name of ['host', 'port', 'tls'] as const) {
      if (body[name] !== undefined) values[name] = body[name];
    }
    if (body.username !== undefined) values['username'] = body.username;
    if (body.username === null) values['password_sealed'] = null;
    else if (body.password !== undefined) values['password_sealed'] = this.sealed('password_sealed', id, body.password); // prettier-ignore
    if (body.imap !== undefined) {
      Object.assign(values, imapColumns(imap));
      values['imap_password_sealed'] = this.sealed('imap_password_sealed', id, imap?.password ?? null);
    }
    if (body.auth !== undefined || body.oauthProvider !== undefined) {
      const provider = auth === 'oauth2' ? (body.oauthProvider ?? before.oauthProvider) : null;
      if (auth === 'oauth2') refuseUnknownClient(provider, this.providers);
      values['auth'] = auth;
      values['oauth_provider'] = provider;
      // What was granted to another provider, or is of no more use, is not kept.
      if (provider !== before.oauthProvider) values['oauth_sealed'] = null;
      if (auth === 'oauth2') Object.assign(values, { password_sealed: null, imap_password_sealed: null });
    }
    return values;
  }

  /** The mailbox that new sequences send from, by the owner's word. */
  async prefer(ownerId: string, id: string): Promise<MailboxAnswer> {
    const { kind } = await this.get(ownerId, id);
    if (kind === 'sandbox')
      throw new AppError('conflict', 'The sandbox is taken only where there is no mailbox.');
    await this.db.transaction(async (tx) => {
      await affected(
        tx,
        `UPDATE mailbox SET preferred = (id = $2), version = version + 1
          WHERE owner_id = $1 AND preferred <> (id = $2)`,
        [ownerId, id],
      );
      await this.audit(tx, ownerId, id, 'mailbox preferred');
    });
    return this.get(ownerId, id);
  }

  private sealed(column: SealedColumn, id: string, plain: string | null): Buffer | null {
    return plain === null ? null : sealSecret(plain, this.config.secretKey, sealedFor(column, id));
  }

  private dkimColumns(id: string, dkim: CreateMailbox['dkim'] | null): Record<string, unknown> {
    return {
      dkim_domain: dkim?.domain ?? null,
      dkim_selector: dkim?.selector ?? null,
      dkim_key_sealed: this.sealed('dkim_key_sealed', id, dkim?.key ?? null),
    };
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

  async resume(ownerId: string, id: string): Promise<MailboxAnswer> {
    await this.unpause(ownerId, id, { alsoTimed: true });
    return this.get(ownerId, id);
  }

  /** It let us in: what waited for the owner to put it right goes on. */
  async passed(ownerId: string, id: string): Promise<MailboxAnswer> {
    await this.unpause(ownerId, id, { alsoTimed: false });
    return this.get(ownerId, id);
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
    if (changed) await this.queue.wake('deliver', {});
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

function serverColumns(smtp: WishedServer, imap: WishedServer | null): Record<string, unknown> {
  const { host, port, tls, username } = smtp;
  return { host, port, tls, username, ...imapColumns(imap) };
}

function imapColumns(imap: WishedServer | null): Record<string, unknown> {
  return {
    imap_host: imap?.host ?? null,
    imap_port: imap?.port ?? null,
    imap_tls: imap?.tls ?? 'implicit',
    imap_username: imap?.username ?? null,
  };
}

function paceColumns({ dailyCap, hourlyCap, gapSeconds }: EditMailbox): Record<string, unknown> {
  return {
    ...(dailyCap !== undefined && { daily_cap: dailyCap }),
    ...(hourlyCap !== undefined && { hourly_cap: hourlyCap }),
    ...(gapSeconds !== undefined && { gap_seconds: gapSeconds }),
  };
}
