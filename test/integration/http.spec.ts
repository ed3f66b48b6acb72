import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import request from 'supertest';
import { dropOldKeys } from '../../src/database/idempotency.js';
import { rows } from '../../src/database/rows.js';
import { pageOf } from '../../src/http/page.js';
import { startApp, TEST_TOKEN, type TestApp } from '../app.js';

describe('the API as a whole', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  const bare = () => request(app.nest.getHttpServer());
  const mailbox = (address: string) => ({ address, host: '127.0.0.1', port: 2525, tls: 'none' });

  it('wants the token on every route but health and docs, and says so as a problem', async () => {
    const { body, headers } = await bare().get('/mailboxes?secret=1').expect(401);
    expect(headers['content-type']).toContain('application/problem+json');
    expect(headers['www-authenticate']).toBe('Bearer');
    expect(body).toEqual({
      type: 'urn:followthrough:problem:unauthorized',
      title: 'Unauthorized',
      status: 401,
      detail: expect.stringContaining('Authorization: Bearer'),
      instance: '/mailboxes',
      code: 'unauthorized',
    });
    for (const wrong of [
      `Bearer ${TEST_TOKEN}x`,
      `Bearer ${TEST_TOKEN.slice(1)}`,
      `Basic ${TEST_TOKEN}`,
      TEST_TOKEN,
    ]) {
      await bare().get('/mailboxes').set('Authorization', wrong).expect(401);
    }
    await bare().get('/metrics').expect(401);
    await bare().get('/health/live').expect(200);
    await bare().get('/docs-json').expect(200);
  });

  it('wants the token on every route the document names', async () => {
    const { body } = await bare().get('/docs-json');
    const paths = Object.entries((body as { paths: Record<string, Record<string, unknown>> }).paths);
    const routes = paths.flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => ({ path, method })),
    );
    expect(routes.length).toBeGreaterThan(10);
    const open: string[] = [];
    for (const { path, method } of routes) {
      const url = path.replace(/\{\w+\}/g, '01919191-9191-7191-8191-919191919191');
      const { status } = await bare()[method as 'get'](url);
      if (status !== 401) open.push(`${method} ${path}`);
    }
    expect(open.sort()).toEqual(['get /health/live', 'get /health/ready']);
  });

  it('acts for the only owner, else for the one that is named', async () => {
    await app.http.get('/mailboxes').set('Followthrough-Owner', 'nobody@example.org').expect(400);
    await app.http.get('/mailboxes').set('Followthrough-Owner', app.ownerId).expect(200);
    const { body } = await app.http
      .post('/owners')
      .send({ name: 'Two', email: 'two@example.org' })
      .expect(201);
    const { body: problem } = await app.http.get('/mailboxes').expect(400);
    expect(problem.detail).toContain('Followthrough-Owner');
    await app.db.query('DELETE FROM owner WHERE id = $1', [body.id]);
    await app.http.get('/mailboxes').expect(200);
  });

  it('says what to do where there is no owner yet', async () => {
    const empty = await startApp({ owner: false });
    try {
      const { body } = await empty.http.get('/mailboxes').expect(409);
      expect(body.detail).toContain('POST /owners');
    } finally {
      await empty.close();
    }
  });

  it('names the place of everything wrong with a request', async () => {
    const { body } = await app.http
      .post('/mailboxes')
      .send({ ...mailbox('x'), port: 'many', colour: 'red' })
      .expect(400);
    expect(body.code).toBe('invalid');
    expect(body.issues).toEqual(
      expect.arrayContaining([
        { in: 'body', field: 'address', message: 'The address has no @.' },
        { in: 'body', field: 'port', message: expect.stringContaining('number') },
        { in: 'body', field: '', message: expect.stringContaining('colour') },
      ]),
    );
    const id = await app.http.get('/mailboxes/17').expect(400);
    expect(id.body.issues).toEqual([{ in: 'path', field: 'id', message: 'must be an id (a UUID)' }]);
    const query = await app.http.get('/mailboxes?limit=0&cursor=x&page=2').expect(400);
    expect((query.body.issues as { field: string }[]).map(({ field }) => field).sort()).toEqual([
      '',
      'cursor',
      'limit',
    ]);
    const none = await app.http.post('/mailboxes').expect(400);
    expect(none.body.detail).toContain('Content-Type: application/json');
  });

  it('answers bad bodies, unknown ids and unknown routes with problems', async () => {
    const json = await app.http.post('/owners').type('json').send('{"name": "Ada",').expect(400);
    expect(json.body.detail).toContain('not valid JSON');
    const large = await app.http
      .post('/owners')
      .send({ name: 'x'.repeat(1_100_000) })
      .expect(413);
    expect(large.body.code).toBe('too-large');
    await app.http.post('/owners').type('json').send('"just text"').expect(400);
    await app.http
      .post('/owners')
      .set('Content-Type', 'application/json; charset=klingon')
      .send('{}')
      .expect(415);
    const unknown = await app.http.get('/mailboxes/01919191-9191-7191-8191-919191919191').expect(404);
    expect(unknown.body.code).toBe('not-found');
    const nowhere = await bare().get('/no/such/place').expect(404);
    expect(nowhere.body).toMatchObject({ code: 'not-found', instance: '/no/such/place' });
    await app.http.get('/mailboxes/%E0%A4%A').expect(400);
    const proto = await app.http.post('/owners').type('json').send('{"__proto__":{"name":"x"}}').expect(400);
    expect(proto.body.code).toBe('invalid');
  });

  it('cleans text at the door: NUL, lone surrogates, control characters', async () => {
    const { body } = await app.http
      .post('/mailboxes')
      .type('json')
      .send(
        String.raw`{"address":"clean@example.com","host":"localhost","tls":"none","displayName":"A\u0000d\ud800a\u0007\n L."}`,
      )
      .expect(201);
    expect(body.displayName).toBe('Ada L.');
  });

  it('answers 431 to a header of ten megabytes, as a problem', async () => {
    const server = app.nest.getHttpServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    let answer = '';
    socket.on('data', (data: Buffer) => (answer += data.toString()));
    socket.on('error', () => undefined);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write(`GET /mailboxes HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(10_000_000)}\r\n\r\n`);
    await closed;
    await new Promise((resolve) => server.close(resolve));
    expect(answer).toMatch(/^HTTP\/1.1 431 /);
    expect(answer).toContain('application/problem+json');
    expect(answer).toContain('larger than 16 KB');
  });

  it('gives the first answer again to the same key, and refuses the key to another request', async () => {
    const send = (address: string, key = 'key-1') =>
      app.http.post('/mailboxes').set('Idempotency-Key', key).send(mailbox(address));
    const first = await send('once@example.com').expect(201);
    const again = await send('once@example.com').expect(201);
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.headers['etag']).toBe(first.headers['etag']);
    const other = await send('another@example.com').expect(422);
    expect(other.body.code).toBe('unprocessable');
    const refused = await send('once@example.com', 'key-2').expect(409);
    const refusedAgain = await send('once@example.com', 'key-2').expect(409);
    expect(refusedAgain.body).toEqual(refused.body);
    await send('once@example.com', 'two words').expect(400);
    const kept = await rows(app.db, `SELECT 1 FROM mailbox WHERE address = 'once@example.com'`);
    expect(kept).toHaveLength(1);
  });

  it('lets one of many equal requests at once do the work', async () => {
    const send = () =>
      app.http.post('/mailboxes').set('Idempotency-Key', 'race').send(mailbox('race@example.com'));
    const statuses = (await Promise.all(Array.from({ length: 8 }, send))).map(({ status }) => status);
    expect(statuses.filter((status) => status === 201).length).toBeGreaterThan(0);
    expect(statuses.every((status) => status === 201 || status === 409)).toBe(true);
    expect((await send().expect(201)).body.address).toBe('race@example.com');
  });

  it('frees the key of a request that was invalid, so that it can be mended', async () => {
    const send = (port: number) =>
      app.http
        .post('/mailboxes')
        .set('Idempotency-Key', 'mended')
        .send({ ...mailbox('mended@example.com'), port });
    await send(0).expect(400);
    await send(25).expect(201);
  });

  it('keeps answers for a day, and unanswered keys for an hour', async () => {
    await app.http.post('/stop').set('Idempotency-Key', 'young').expect(200);
    await app.http.post('/stop').set('Idempotency-Key', 'old').expect(200);
    await app.http.post('/stop').set('Idempotency-Key', 'died').expect(200);
    await app.db.query(
      `UPDATE idempotency SET created_at = created_at - interval '25 hours' WHERE key = 'old'`,
    );
    await app.db.query(
      `UPDATE idempotency SET status = NULL, created_at = created_at - interval '2 hours' WHERE key = 'died'`,
    );
    await app.http.post('/stop').set('Idempotency-Key', 'died').expect(409);
    expect(await dropOldKeys(app.db)).toBe(2);
    await app.http.post('/resume').set('Idempotency-Key', 'died').expect(200);
  });

  it('pages by cursor, without gaps or repeats', async () => {
    const seen: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const { body } = await app.http.get(`/mailboxes?limit=2${next && `&cursor=${next}`}`).expect(200);
      const page = body as { items: { id: string }[]; next: string | null };
      seen.push(...page.items.map(({ id }) => id));
      next = page.next;
    }
    const all = await rows<{ id: string }>(app.db, 'SELECT id FROM mailbox ORDER BY id');
    expect(seen).toEqual(all.map(({ id }) => id));
    expect(pageOf([{ id: 'a' }, { id: 'b' }], 2)).toEqual({ items: [{ id: 'a' }, { id: 'b' }], next: null });
  });

  it('describes itself: every schema a component, instants as date-time, problems, the token', async () => {
    const { body } = await bare().get('/docs-json').expect(200);
    const schemas = body.components.schemas;
    expect(Object.keys(schemas)).toEqual(
      expect.arrayContaining(['Problem', 'Owner', 'CreateOwner', 'Mailbox', 'MailboxPage']),
    );
    expect(schemas.Owner.properties.createdAt).toMatchObject({ type: 'string', format: 'date-time' });
    const add = body.paths['/owners'].post;
    expect(add.requestBody.content['application/json'].schema.$ref).toBe('#/components/schemas/CreateOwner');
    expect(add.responses['201'].content['application/json'].schema.$ref).toBe('#/components/schemas/Owner');
    expect(add.responses.default.content['application/problem+json'].schema.$ref).toBe(
      '#/components/schemas/Problem',
    );
    const query = names(body.paths['/mailboxes'].get.parameters);
    expect(query).toEqual(expect.arrayContaining(['limit', 'cursor']));
    const edit = names(body.paths['/owners/{id}'].patch.parameters);
    expect(edit.sort()).toEqual(['If-Match', 'id']);
    expect(body.components.securitySchemes.bearer).toMatchObject({ scheme: 'bearer' });
    const refs = JSON.stringify(body).match(/"#\/[^"]+"/g) ?? [];
    const known = Object.keys(schemas);
    for (const ref of new Set(refs))
      expect(known).toContain(ref.slice(1, -1).replace('#/components/schemas/', ''));
    await bare().get('/docs').expect(200).expect('Content-Type', /html/);
  });
});

function names(parameters: unknown): string[] {
  return (parameters as { name: string }[]).map(({ name }) => name);
}
