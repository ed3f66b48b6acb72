import { startApp, type TestApp } from '../app.js';
import { insert, buildEnrollment } from '../factories.js';
import { row, rows } from '../../src/database/rows.js';
import { openSecret } from '../../src/mail/secrets.js';
import { CONFIG, type Config } from '../../src/config.js';

describe('accounts', () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await startApp();
  });
  afterEach(() => app.close());

  const smtp = { address: 'ada@example.com', host: '127.0.0.1', port: 1, tls: 'none' };
  const added = async (over: Record<string, unknown> = {}) => {
    const { body } = await app.http
      .post('/mailboxes')
      .send({ ...smtp, ...over })
      .expect(201);
    return body as { id: string; version: number };
  };

  it('makes an owner with a sandbox mailbox, and refuses the same address twice', async () => {
    const grace = { name: 'Grace\u0000 Hopper ', email: 'Grace@Example.net', zone: 'America/New_York' };
    const { body } = await app.http.post('/owners').send(grace).expect(201);
    expect(body).toMatchObject({
      name: 'Grace Hopper',
      email: 'grace@example.net',
      draftsPerDay: 10,
      version: 1,
    });
    expect(await rows(app.db, 'SELECT kind, address FROM mailbox WHERE owner_id = $1', [body.id])).toEqual([
      { kind: 'sandbox', address: 'grace@example.net' },
    ]);
    const again = await app.http.post('/owners').send(grace).expect(409);
    expect(again.body.detail).toContain('grace@example.net');
  });

  it('makes the owner that the settings name, once', async () => {
    await app.close();
    app = await startApp({
      owner: false,
      overrides: { OWNER_NAME: 'Ada', OWNER_EMAIL: 'ada@example.org', OWNER_ZONE: 'Europe/Vienna' },
    });
    const { body } = await app.http.get('/owners').expect(200);
    expect(body.items).toHaveLength(1);
    expect(body.items[0]).toMatchObject({ email: 'ada@example.org', zone: 'Europe/Vienna' });
  });

  it('edits an owner from the version it was read at, and says when it came too late', async () => {
    const { body, headers } = await app.http.get(`/owners/${app.ownerId}`).expect(200);
    expect(headers['etag']).toBe('"1"');
    const path = `/owners/${body.id}`;
    await app.http.patch(path).send({ zone: 'Asia/Tokyo' }).expect(428);
    const edited = await app.http.patch(path).set('If-Match', '"1"').send({ zone: 'Asia/Tokyo' }).expect(200);
    expect(edited.body).toMatchObject({ zone: 'Asia/Tokyo', version: 2, name: 'Ada Lindqvist' });
    expect(edited.headers['etag']).toBe('"2"');
    const late = await app.http.patch(path).set('If-Match', '"1"').send({ draftsPerDay: 3 }).expect(412);
    expect(late.body.code).toBe('stale');
    const wrong = await app.http.patch(path).set('If-Match', '"2"').send({ zone: '+02:00' }).expect(400);
    expect(wrong.body.issues).toEqual([
      { in: 'body', field: 'zone', message: expect.stringContaining('IANA') },
    ]);
    await app.http.patch(path).set('If-Match', '"2"').send({}).expect(400);
  });

  it('stops everything and goes on, writing down who did so', async () => {
    const stopped = await app.http.post('/stop').expect(200);
    expect(stopped.body).toEqual({ stoppedAt: '2026-11-21T09:00:00.000Z', underWay: 0 });
    app.clock.set(new Date('2026-11-22T09:00:00Z'));
    const again = await app.http.post('/stop').expect(200);
    expect(again.body.stoppedAt).toBe('2026-11-21T09:00:00.000Z');
    const resumed = await app.http.post('/resume').expect(200);
    expect(resumed.body.stoppedAt).toBeNull();
    const audit = await rows<{ what: string }>(
      app.db,
      `SELECT what FROM audit WHERE what ~ 'stop|resume' ORDER BY id`,
    );
    expect(audit.map(({ what }) => what)).toEqual(['stopped everything', 'resumed']);
  });

  it('waits with the stop for a mark that holds the owner, and holds up the marks after it', async () => {
    const mark = app.db.createQueryRunner();
    await mark.connect();
    await mark.startTransaction();
    await mark.query('SELECT stopped_at FROM owner WHERE id = $1 FOR SHARE', [app.ownerId]);
    let answered = false;
    const stop = app.http.post('/stop').then((answer) => {
      answered = true;
      return answer;
    });
    const waiting = `SELECT 1 FROM pg_locks WHERE NOT granted`;
    while (!(await row(app.db, waiting))) expect(answered).toBe(false);
    expect(answered).toBe(false);
    await mark.commitTransaction();
    await mark.release();
    expect((await stop).status).toBe(200);
  });

  it('seals a password, shows nobody, and keeps it through other edits', async () => {
    const made = await app.http
      .post('/mailboxes')
      .send({ ...smtp, tls: 'starttls', username: 'ada', password: 'open sesame' })
      .expect(201);
    expect(made.body).toMatchObject({ kind: 'smtp', displayName: 'Ada Lindqvist', hasPassword: true });
    expect(made.text).not.toContain('sesame');
    const { id } = made.body as { id: string };
    await app.http
      .patch(`/mailboxes/${id}`)
      .set('If-Match', '"1"')
      .send({ host: 'mail.example.com' })
      .expect(200);
    const kept = await row<{ passwordSealed: Buffer; host: string }>(
      app.db,
      'SELECT password_sealed, host FROM mailbox WHERE id = $1',
      [id],
    );
    expect(kept!.host).toBe('mail.example.com');
    const { secretKey } = app.nest.get<Config>(CONFIG);
    expect(openSecret(kept!.passwordSealed, secretKey, id)).toBe('open sesame');
    const gone = await app.http
      .patch(`/mailboxes/${id}`)
      .set('If-Match', '"2"')
      .send({ username: null })
      .expect(200);
    expect(gone.body).toMatchObject({ username: null, hasPassword: false });
  });

  it('lets no password travel in the clear, and takes user name and password together', async () => {
    const wanted = { ...smtp, host: 'mail.example.com', username: 'ada', password: 'x' };
    const plain = await app.http.post('/mailboxes').send(wanted).expect(400);
    expect(plain.body.issues[0]).toMatchObject({ in: 'body', field: 'tls' });
    const half = await app.http
      .post('/mailboxes')
      .send({ ...smtp, username: 'ada' })
      .expect(400);
    expect(half.body.issues[0].field).toBe('password');
    const two = await app.http
      .post('/mailboxes')
      .send({ ...smtp, address: 'a@example.com, b@example.com' })
      .expect(400);
    expect(two.body.issues[0].field).toBe('address');
  });

  it('tests a mailbox: says at which stage it failed and what to do', async () => {
    const { id } = await added();
    const { body } = await app.http.post(`/mailboxes/${id}/test`).expect(200);
    expect(body).toMatchObject({ ok: false, stage: 'connect', advice: expect.stringContaining('port') });
    expect(body.why).toContain('ECONNREFUSED');
  });

  it('resumes a paused mailbox by the owner’s word', async () => {
    const { id } = await added();
    await app.db.query(`UPDATE mailbox SET state = 'paused', paused_why = 'wrong password' WHERE id = $1`, [
      id,
    ]);
    const { body } = await app.http.post(`/mailboxes/${id}/resume`).expect(200);
    expect(body).toMatchObject({ state: 'active', pausedWhy: null });
    const audit = await rows(
      app.db,
      `SELECT 1 FROM audit WHERE subject_id = $1 AND what = 'mailbox resumed'`,
      [id],
    );
    expect(audit).toHaveLength(1);
  });

  it('removes a mailbox that nothing names, never one in use, never the sandbox', async () => {
    const free = await added();
    await app.http.delete(`/mailboxes/${free.id}`).set('If-Match', '"1"').expect(204);
    await app.http.get(`/mailboxes/${free.id}`).expect(404);
    const used = await added();
    await buildEnrollment(app, { mailboxId: used.id });
    const refused = await app.http.delete(`/mailboxes/${used.id}`).set('If-Match', '"1"').expect(409);
    expect(refused.body.detail).toContain('in use');
    const { body } = await app.http.get('/mailboxes').expect(200);
    const sandbox = (body.items as { id: string; kind: string }[]).find(({ kind }) => kind === 'sandbox')!;
    await app.http.delete(`/mailboxes/${sandbox.id}`).set('If-Match', '"1"').expect(409);
  });

  it('shows no owner the mailbox of another', async () => {
    const { body: other } = await app.http
      .post('/owners')
      .send({ name: 'Grace', email: 'grace@example.net' })
      .expect(201);
    const theirs = await insert<{ id: string }>({ ...app, ownerId: other.id }, 'mailbox', {
      kind: 'smtp',
      address: 'grace@example.com',
      displayName: 'Grace',
    } as never);
    const asAda = { 'Followthrough-Owner': 'ADA@example.org' };
    await app.http.get(`/mailboxes/${theirs.id}`).set(asAda).expect(404);
    await app.http.post(`/mailboxes/${theirs.id}/resume`).set(asAda).expect(404);
    await app.http.get(`/mailboxes/${theirs.id}`).set('Followthrough-Owner', other.id).expect(200);
  });
});
