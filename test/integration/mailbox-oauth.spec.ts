import { MailboxesService } from '../../src/accounts/mailboxes.service.js';
import { MailboxSignInService } from '../../src/accounts/mailbox-sign-in.service.js';
import { answerAt, openLoopback } from '../../src/cli/loopback.js';
import { CONFIG, type Config } from '../../src/config.js';
import { createDataSource } from '../../src/database/data-source.js';
import { row, rows } from '../../src/database/rows.js';
import { MailboxAccess } from '../../src/delivery/mailbox-access.js';
import { MailboxServers } from '../../src/mail/mailbox-servers.js';
import { OAuthProviders } from '../../src/mail/oauth-providers.js';
import { sealedFor } from '../../src/mail/sealed-columns.js';
import { openSecret, sealSecret } from '../../src/mail/secrets.js';
import { SmtpSession } from '../../src/mail/smtp.js';
import { startApp, type TestApp } from '../app.js';
import { buildMessage } from '../factories.js';
import { type OAuthDouble, startOAuthProvider } from '../mail/oauth-provider.js';
import { type ScriptedImap, startScriptedImap } from '../mail/scripted-imap.js';
import { startScriptedSmtp, type ScriptedSmtp } from '../mail/scripted-smtp.js';

const CLIENT = { id: 'client-1', secret: 'only-for-tests' };

describe('signing in by OAuth', () => {
  let app: TestApp;
  let provider: OAuthDouble;
  let smtp: ScriptedSmtp;
  let imap: ScriptedImap | null = null;
  let mailboxId: string;

  beforeEach(async () => {
    provider = await startOAuthProvider({
      ...CLIENT,
      redirects: /^http:\/\/127\.0\.0\.1:\d+\/oauth\/callback$/,
    });
    smtp = await startScriptedSmtp({
      auth: { username: 'ada@example.com', password: '', token: () => [...provider.good][0] ?? 'none', methods: ['PLAIN', 'XOAUTH2'] }, // prettier-ignore
    });
    // A Wednesday morning: what is approved may leave.
    app = await startApp({
      now: '2026-11-18T09:30:00Z',
      overrides: {
        GOOGLE_CLIENT_ID: CLIENT.id,
        GOOGLE_CLIENT_SECRET: CLIENT.secret,
        SMTP_TIMEOUT_SECONDS: '2',
      },
    });
    app.get(OAuthProviders).elsewhere = {
      issuer: provider.origin,
      authorization: `${provider.origin}/authorize`,
      token: `${provider.origin}/token`,
    };
    const { body } = await app.http
      .post('/mailboxes')
      .send({
        address: 'ada@example.com',
        host: '127.0.0.1',
        port: smtp.settings.port,
        tls: 'none',
        auth: 'oauth2',
        oauthProvider: 'google',
      })
      .expect(201);
    mailboxId = (body as { id: string }).id;
  });
  afterEach(async () => {
    await app.close();
    await imap?.close();
    imap = null;
    await smtp.close();
    await provider.close();
  });

  const state = (): Promise<{ state: string; pausedWhy: string | null; pausedUntil: Date | null } | null> =>
    row(app.db, 'SELECT state, paused_why, paused_until FROM mailbox WHERE id = $1', [mailboxId]);

  /** The path and query that the provider sends the browser back to. */
  const signIn = async (agree = true): Promise<string> => {
    const { body } = await app.http.post(`/mailboxes/${mailboxId}/sign-in`).expect(200);
    const back = new URL(await provider.browse((body as { url: string }).url, agree));
    expect(back.origin + back.pathname).toBe((body as { redirectUri: string }).redirectUri);
    return back.pathname + back.search;
  };
  /** Tokens that are over the moment they come. */
  const stale = (): void => {
    provider.script.life = 0;
  };

  it('waits paused for the owner, and goes on once they have signed in', async () => {
    expect(await state()).toMatchObject({ state: 'paused', pausedWhy: expect.stringContaining('sign-in') });
    const page = await app.http
      .get(await signIn())
      .set('Authorization', '')
      .expect(200);
    expect(page.text).toContain('ada@example.com is signed in');
    expect(page.headers['referrer-policy']).toBe('no-referrer');
    expect(await state()).toMatchObject({ state: 'active', pausedWhy: null });
    const tested = await app.http.post(`/mailboxes/${mailboxId}/test`).expect(200);
    expect(tested.body).toMatchObject({ ok: true, mailbox: { signedIn: true, hasPassword: false } });
    const [secret] = [...provider.good];
    expect(tested.text + page.text).not.toContain(secret);
    const sealed = await row<{ oauthSealed: Buffer }>(app.db, 'SELECT oauth_sealed FROM mailbox WHERE id = $1', [mailboxId]); // prettier-ignore
    expect(sealed!.oauthSealed.includes(secret!)).toBe(false);
  });

  it('takes an answer once, from a question it asked, and not of another mailbox', async () => {
    const back = await signIn();
    await app.http.get(back).expect(200);
    const again = await app.http.get(back).expect(400);
    expect(again.text).toContain('ask for it again');
    const forged = new URL(await signIn(), 'http://127.0.0.1');
    forged.searchParams.set('state', `${mailboxId}.forged`);
    await app.http.get(forged.pathname + forged.search).expect(400);
    await app.http.get('/oauth/callback?code=x&state=x').expect(400);
    await app.http.get('/oauth/callback').expect(400);
    expect(provider.asked.map(({ outcome }) => outcome)).toEqual(['token']);
  });

  it('forgets a question after ten minutes, and when another is asked', async () => {
    const first = await signIn();
    const second = await signIn();
    await app.http.get(first).expect(400);
    const { secretKey } = app.nest.get<Config>(CONFIG);
    const context = sealedFor('oauth_pending_sealed', mailboxId);
    const kept = await row<{ sealed: Buffer }>(app.db, 'SELECT oauth_pending_sealed AS sealed FROM mailbox WHERE id = $1', [mailboxId]); // prettier-ignore
    const pending = JSON.parse(openSecret(kept!.sealed, secretKey, context)) as { until: number };
    // By the database's clock, which need not be this process's.
    const { now } = (await row<{ now: Date }>(app.db, 'SELECT clock_timestamp() AS now'))!;
    expect(pending.until - now.getTime()).toBeGreaterThan(400_000);
    expect(pending.until - now.getTime()).toBeLessThanOrEqual(600_000);
    const late = sealSecret(JSON.stringify({ ...pending, until: now.getTime() - 1000 }), secretKey, context);
    await app.db.query('UPDATE mailbox SET oauth_pending_sealed = $2 WHERE id = $1', [mailboxId, late]);
    await app.http.get(second).expect(400);
    expect(provider.asked).toEqual([]);
    await app.http.get(await signIn()).expect(200);
  });

  it('shows what the owner declined, word by word and nothing of it as markup', async () => {
    const { text } = await app.http.get(await signIn(false)).expect(422);
    expect(text).toMatch(/Google did not let us in: the permission was declined.*: access_denied\. Ask/);
    const back = new URL(await signIn(), 'http://127.0.0.1');
    back.searchParams.delete('code');
    back.searchParams.set('error', 'access_denied');
    back.searchParams.set('error_description', '<script>alert(1)</script>');
    const page = await app.http.get(back.pathname + back.search).expect(422);
    expect(page.text).not.toContain('<script');
  });

  it('wants the permission to mail, and one that lasts', async () => {
    provider.script.scope = 'openid email';
    expect((await app.http.get(await signIn()).expect(422)).text).toContain('mail permission');
    delete provider.script.scope;
    provider.script.leaveOut = 'refresh_token';
    expect((await app.http.get(await signIn()).expect(422)).text).toContain('within the hour');
    expect(await state()).toMatchObject({ state: 'paused' });
  });

  it('signs in at SMTP with the token, and says when it is not accepted', async () => {
    await app.http.get(await signIn()).expect(200);
    const access = await app.get(MailboxServers).smtp(mailboxId);
    if (access.kind !== 'ready') throw new Error(access.kind);
    const opened = await SmtpSession.open(access.settings);
    expect(opened.kind).toBe('open');
    if (opened.kind === 'open') await opened.session.close();
    provider.good.clear();
    const refused = await SmtpSession.open(access.settings);
    expect(refused).toMatchObject({ kind: 'refused', stage: 'auth', code: 535 });
    expect(JSON.stringify(refused)).not.toContain('access-');
    const { body } = await app.http.post(`/mailboxes/${mailboxId}/test`).expect(200);
    expect(body).toMatchObject({
      ok: false,
      stage: 'auth',
      advice: expect.stringContaining('sign in again'),
    });
  });

  it('signs in at IMAP with the same token', async () => {
    imap = await startScriptedImap('ada@example.com', () => [...provider.good][0] ?? 'none');
    const { body } = await app.http.get(`/mailboxes/${mailboxId}`).expect(200);
    await app.http
      .patch(`/mailboxes/${mailboxId}`)
      .set('If-Match', `"${(body as { version: number }).version}"`)
      .send({ imap: { host: '127.0.0.1', port: imap.port, tls: 'none' } })
      .expect(200);
    await app.http.get(await signIn()).expect(200);
    const tested = await app.http.post(`/mailboxes/${mailboxId}/test`).expect(200);
    expect(tested.body).toMatchObject({
      ok: true,
      imap: { ok: true, inbox: 3, sent: 'Sent Items', idle: true },
    });
    provider.good.clear();
    const refused = await app.http.post(`/mailboxes/${mailboxId}/test`).expect(200);
    expect((refused.body as { imap: unknown }).imap).toMatchObject({
      ok: false,
      stage: 'auth',
      advice: expect.stringContaining('sign in again'),
    });
    expect(refused.text).not.toContain('access-');
    expect(imap.said.join(' ')).not.toMatch(/\b(SELECT|STORE|APPEND)\b/);
  });

  it('refreshes a token that ran out, once for all who ask at the same time', async () => {
    stale();
    await app.http.get(await signIn()).expect(200);
    provider.script.life = 3600;
    const servers = app.get(MailboxServers);
    // The first refresh is held until another asks too, or waits for its turn.
    const beside = await createDataSource(app.nest.get<Config>(CONFIG).DATABASE_URL!, 1).initialize();
    let refreshes = 0;
    provider.script.beforeRefresh = async () => {
      refreshes += 1;
      while (refreshes < 2 && !(await row(beside, 'SELECT 1 FROM pg_locks WHERE NOT granted'))) continue;
    };
    const all = await Promise.all(Array.from({ length: 8 }, () => servers.smtp(mailboxId)));
    await beside.destroy();
    const tokens = all.map((one) => (one.kind === 'ready' ? one.settings.accessToken : one));
    expect(new Set(tokens)).toEqual(provider.good);
    expect(provider.asked.map(({ grant, outcome }) => `${grant} ${outcome}`)).toEqual([
      'authorization_code token',
      'refresh_token token',
    ]);
    // The new refresh token was kept: the next time works too.
    expect(await servers.smtp(mailboxId)).toMatchObject({ kind: 'ready' });
  });

  it('keeps the rotated refresh token, however often', async () => {
    stale();
    await app.http.get(await signIn()).expect(200);
    for (let round = 0; round < 4; round += 1) {
      expect(await app.get(MailboxServers).smtp(mailboxId)).toMatchObject({ kind: 'ready' });
    }
    expect(provider.asked.filter(({ outcome }) => outcome === 'token')).toHaveLength(5);
  });

  it('pauses the mailbox when the grant was revoked, fails no message, and goes on after a new sign-in', async () => {
    stale();
    await app.http.get(await signIn()).expect(200);
    provider.revoke();
    const message = await buildMessage(app, { mailboxId, state: 'approved', subject: 'Hello' });
    await app.drain();
    expect(await state()).toEqual({
      state: 'paused',
      pausedUntil: null,
      pausedWhy: expect.stringMatching(
        /invalid_grant.*Sign in again: followthrough mailbox sign-in ada@example\.com/,
      ),
    });
    const left = await row<{ state: string }>(app.db, 'SELECT state FROM message WHERE id = $1', [
      message.id,
    ]);
    expect(['approved', 'planned', 'cancelled']).toContain(left!.state);
    expect(smtp.received).toHaveLength(0);
    provider.script.life = 3600;
    await app.http.get(await signIn()).expect(200);
    expect(await state()).toMatchObject({ state: 'active' });
  });

  it.each([
    ['is away', { status: 503, body: '{"error":"temporarily_unavailable"}' }],
    ['answers with a page', { status: 200, body: '<html>sign in to the hotel</html>', type: 'text/html' }],
    ['answers half', { status: 200, body: '{"token_type":"Bearer"}' }],
  ])('keeps the grant while the provider %s, and tries again', async (_, trouble) => {
    stale();
    await app.http.get(await signIn()).expect(200);
    provider.script.trouble = trouble;
    await expect(app.get(MailboxAccess).settings(mailboxId)).rejects.toMatchObject({
      verdict: { kind: 'mailbox', pauseSeconds: 300 },
    });
    delete provider.script.trouble;
    expect(await app.get(MailboxServers).smtp(mailboxId)).toMatchObject({ kind: 'ready' });
  });

  it('comes back to the command line over a door on this machine', async () => {
    const signIns = app.get(MailboxSignInService);
    const door = await openLoopback();
    const { url } = await signIns.begin(app.ownerId, mailboxId, door.redirectUri);
    const answered = answerAt(door, signIns);
    const back = await provider.browse(url);
    expect(back.startsWith(door.redirectUri)).toBe(true);
    expect((await fetch(back.replace('/oauth/callback', '/other'))).status).toBe(404);
    // Any page can send the browser here: that ends nothing.
    const forged = await fetch(`${door.redirectUri}?code=x&state=${mailboxId}.forged`);
    expect([forged.status, await forged.text()]).toEqual([
      400,
      expect.stringContaining('not one that was asked for'),
    ]);
    expect(await (await fetch(back)).text()).toContain('ada@example.com is signed in.');
    expect(await answered).toBe('ada@example.com');
    door.close();
    expect(await state()).toMatchObject({ state: 'active' });
    const audit = await rows(app.db, `SELECT 1 FROM audit WHERE subject_id = $1 AND what = 'mailbox signed in'`, [mailboxId]); // prettier-ignore
    expect(audit).toHaveLength(1);
  });

  it('lets nobody begin for a mailbox with a password, or without a client of that provider', async () => {
    const plain = await app.get(MailboxesService).add(app.ownerId, {
      address: 'grace@example.com',
      host: '127.0.0.1',
      tls: 'none',
    });
    await app.http.post(`/mailboxes/${plain.id}/sign-in`).expect(409);
    const without = { address: 'b@example.com', host: 'smtp.example.com', auth: 'oauth2', oauthProvider: 'microsoft' }; // prettier-ignore
    const { body } = await app.http.post('/mailboxes').send(without).expect(409);
    expect((body as { detail: string }).detail).toContain('MICROSOFT_CLIENT_ID');
  });
});
