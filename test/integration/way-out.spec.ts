import request from 'supertest';
import { row, rows } from '../../src/database/rows.js';
import { wayOutKey, wayOutToken } from '../../src/database/way-out.js';
import { startApp, type TestApp } from '../app.js';
import { buildContact, buildFact, buildMessage } from '../factories.js';

describe('the way out', () => {
  let app: TestApp;
  let token: string;
  let contactId: string;
  let messageId: string;
  /** Somebody from outside: no token of the API, no cookie. */
  let outside: ReturnType<typeof request>;

  beforeEach(async () => {
    app = await startApp({ now: '2026-11-23T09:00:00Z' });
    outside = request(app.nest.getHttpServer());
    const contact = await buildContact(app, { email: 'grace@example.com' });
    contactId = contact.id;
    await buildFact(app, { contactId, text: 'is looking for a new job' });
    const message = await buildMessage(app, {
      contactId,
      state: 'sent',
      sentAt: new Date('2026-11-20T09:00:00Z'),
    });
    messageId = message.id;
    token = wayOutToken(messageId, await wayOutKey(app.db, app.ownerId));
  });
  afterEach(() => app.close());

  const stops = () =>
    rows<{ address: string; scope: string; sourceId: string }>(
      app.db,
      `SELECT address, scope, source_id FROM suppression WHERE lifted_at IS NULL ORDER BY address, scope`,
    );
  const choose = (choice: string) => outside.post(`/out/${token}`).type('form').send({ choice });

  it('shows who wrote and which kinds of data are held since when, and never a word of them', async () => {
    const page = await outside
      .get(`/out/${token}`)
      .expect(200)
      .expect('Content-Type', /text\/html/);
    expect(page.text).toContain('Ada Lindqvist wrote to you');
    expect(page.text).toMatch(/Notes of what was said <small>since \d{4}-\d\d-\d\d/);
    expect(page.text).toContain('Mails sent to you');
    expect(page.text).not.toContain('Your answers');
    for (const secret of ['new job', 'Grace', 'grace@example.com']) expect(page.text).not.toContain(secret);
    expect(page.headers['set-cookie']).toBeUndefined();
    expect(page.headers['referrer-policy']).toBe('no-referrer');
    expect(page.headers['content-security-policy']).toMatch(/default-src 'none'/);
  });

  it('speaks German to a browser that asks for it', async () => {
    const page = await outside.get(`/out/${token}`).set('Accept-Language', 'de-AT,en;q=0.5').expect(200);
    expect(page.text).toContain('Was möchten Sie bekommen?');
  });

  it('changes nothing by GET, however often a scanner follows the link', async () => {
    for (let time = 0; time < 3; time += 1) await outside.get(`/out/${token}`).expect(200);
    await outside.head(`/out/${token}`);
    expect(await stops()).toEqual([]);
  });

  it.each([
    ['less-often', 'often'],
    ['no-congratulations', 'congratulations'],
    ['only-answers', 'automatic'],
    ['never', 'everything'],
  ])('writes "%s" down once', async (choice, scope) => {
    for (let time = 0; time < 2; time += 1) {
      const page = await choose(choice).expect(200);
      expect(page.text).toContain('Saved. It holds from this moment.');
      expect(page.text).toContain('(chosen)');
    }
    expect(await stops()).toEqual([{ address: 'grace@example.com', scope, sourceId: messageId }]);
    const told = await rows(app.db, `SELECT 1 FROM audit WHERE who = 'way-out'`);
    expect(told).toHaveLength(1);
  });

  it('spares every address of the person, and no shared one', async () => {
    await app.db.query(
      `INSERT INTO identity (id, owner_id, created_at, contact_id, kind, value, canonical, shared)
       VALUES (gen_random_uuid(), $1, now(), $2, 'email', 'g@home.example.org', 'g@home.example.org', false),
              (gen_random_uuid(), $1, now(), $2, 'email', 'info@example.com', 'info@example.com', true)`,
      [app.ownerId, contactId],
    );
    await choose('never').expect(200);
    expect((await stops()).map(({ address }) => address)).toEqual([
      'g@home.example.org',
      'grace@example.com',
    ]);
  });

  it('takes one click (RFC 8058) without sign-in, as often as it comes', async () => {
    for (let time = 0; time < 2; time += 1) {
      await outside.post(`/out/${token}`).type('form').send('List-Unsubscribe=One-Click').expect(200);
    }
    expect(await stops()).toMatchObject([{ address: 'grace@example.com', scope: 'automatic' }]);
  });

  it('refuses forged, foreign and mistyped tokens, and says nothing about anybody', async () => {
    const forged = wayOutToken(messageId, Buffer.alloc(32, 7));
    const nobody = wayOutToken('01a203b4-2ddc-7000-a776-a4e5b47d63b4', await wayOutKey(app.db, app.ownerId));
    for (const wrong of [
      forged,
      nobody,
      token.slice(1),
      `${token}x`,
      `${token.slice(0, -2)}AA`,
      'x',
      '%00',
      "';--",
    ]) {
      const page = await outside.get(`/out/${wrong}`);
      expect(page.status).toBe(404);
      expect(page.text).not.toContain('Ada');
      const posted = await outside.post(`/out/${wrong}`).type('form').send({ choice: 'never' });
      expect(posted.status).toBe(404);
    }
    expect(await stops()).toEqual([]);
  });

  it('refuses a choice that is none, and a body without end', async () => {
    await choose('everything!').expect(400);
    await outside
      .post(`/out/${token}`)
      .type('form')
      .send(`choice=${'x'.repeat(5_000)}`)
      .expect(413);
    expect(await stops()).toEqual([]);
  });

  it("escapes the owner's name", async () => {
    await app.db.query(`UPDATE owner SET name = '<script>alert(1)</script>'`);
    const page = await outside.get(`/out/${token}`).expect(200);
    expect(page.text).not.toContain('<script>');
  });

  it('works on after the contact was merged with another, and leads nowhere once the person is erased', async () => {
    const other = await buildContact(app, { email: 'gh@example.org' });
    await app.db.query(`UPDATE contact SET merged_into = $2 WHERE id = $1`, [contactId, other.id]);
    await choose('only-answers').expect(200);
    expect((await stops()).map(({ address }) => address)).toEqual(['gh@example.org', 'grace@example.com']);
    await app.db.query(`DELETE FROM contact WHERE id = ANY ($1)`, [[contactId, other.id]]);
    expect(await row(app.db, `SELECT 1 FROM message`)).toBeNull();
    const page = await outside.get(`/out/${token}`).expect(404);
    expect(page.text).toContain('nothing is kept about you any more');
  });
});
