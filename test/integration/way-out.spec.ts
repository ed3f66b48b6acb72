import request from 'supertest';
import { wayOut } from '../../src/core/way-out.js';
import { wayOutChoices } from '../../src/core/way-out-choices.js';
import { row, rows } from '../../src/database/rows.js';
import { wayOutKey, wayOutToken } from '../../src/database/way-out.js';
import { startApp, TEST_TOKEN, type TestApp } from '../app.js';
import { buildApproved, buildContact, buildFact, buildIdentity, buildInbound, buildMailbox, buildMessage, buildMessageBody } from '../factories.js'; // prettier-ignore
import { startScriptedSmtp, type ScriptedSmtp } from '../mail/scripted-smtp.js';

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
    await buildInbound(app, { contactId, kind: 'bounce', severity: 'soft' });
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
    expect(page.headers).toMatchObject({
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex, nofollow',
      'x-frame-options': 'DENY',
    });
    expect(page.headers['content-security-policy']).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
  });

  it('speaks German to a browser that asks for it', async () => {
    const page = await outside.get(`/out/${token}`).set('Accept-Language', 'de-AT,en;q=0.5').expect(200);
    expect(page.text).toContain('Was möchten Sie bekommen?');
  });

  it('speaks the language of the mail to a browser that asks for none we have', async () => {
    await buildMessageBody(app, { messageId, text: `Bonjour,\n\n${wayOut('fr', 'mail')}` });
    const page = await outside.get(`/out/${token}`).set('Accept-Language', 'tlh').expect(200);
    expect(page.text).toContain('<html lang="fr">');
    expect(page.text).toContain('Que souhaitez-vous recevoir');
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

  it('takes one click as most mail programs send it, as multipart/form-data (RFC 8058, 3.2)', async () => {
    await outside.post(`/out/${token}`).field('List-Unsubscribe', 'One-Click').expect(200);
    expect(await stops()).toMatchObject([{ address: 'grace@example.com', scope: 'automatic' }]);
  });

  it('takes no click without the words of one click', async () => {
    const bare = await outside.post(`/out/${token}`).expect(400);
    expect(bare.text).toContain('Nothing was saved');
    await outside.post(`/out/${token}`).field('List-Unsubscribe', 'Two-Clicks').expect(400);
    await outside.post(`/out/${token}`).send({ 'List-Unsubscribe': 'One-Click' }).expect(400);
    expect(await stops()).toEqual([]);
  });

  it('writes a choice down beside what others said, so that it stands when theirs is taken back', async () => {
    await app.db.query(
      `INSERT INTO suppression (id, owner_id, created_at, address, scope, why, source_kind)
       VALUES (gen_random_uuid(), $1, now(), 'grace@example.com', 'everything', 'as the file says', 'import')`,
      [app.ownerId],
    );
    await choose('never').expect(200);
    await app.db.query(`DELETE FROM suppression WHERE source_kind = 'import'`);
    expect(await stops()).toMatchObject([{ address: 'grace@example.com', scope: 'everything' }]);
  });

  it('chosen again, spares an address that was learnt since', async () => {
    await choose('never').expect(200);
    await buildIdentity(app, { contactId, kind: 'email', value: 'g@home.example.org' });
    await choose('never').expect(200);
    expect((await stops()).map(({ address }) => address)).toEqual([
      'g@home.example.org',
      'grace@example.com',
    ]);
  });

  it('refuses forged, foreign and mistyped tokens, and says nothing about anybody', async () => {
    const forged = wayOutToken(messageId, Buffer.alloc(32, 7));
    const nobody = wayOutToken('01a203b4-2ddc-7000-a776-a4e5b47d63b4', await wayOutKey(app.db, app.ownerId));
    for (const wrong of [
      forged,
      nobody,
      token.slice(1),
      `${token}x`,
      // The last of its characters bears four bits: another one in any case, where "AA" may be what it ends in.
      `${token.slice(0, -1)}${token.endsWith('A') ? 'E' : 'A'}`,
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

  describe('law 2: what was chosen binds', () => {
    let server: ScriptedSmtp;
    let mailboxId: string;
    beforeEach(async () => {
      server = await startScriptedSmtp({ tls: 'none' });
      mailboxId = (await buildMailbox(app, { port: server.settings.port })).id;
    });
    afterEach(() => server.close());

    /** Somebody who got a mail ten days ago, with another approved; the token of the first. */
    const written = async (kind: 'first' | 'by-hand' | 'birthday'): Promise<string> => {
      const birthday = kind === 'birthday' ? { occursOn: '2026-11-23' } : {};
      const person = await buildContact(app, { birthday: '--11-23', email: `${kind}@example.com` });
      const before = await buildMessage(app, {
        contactId: person.id, mailboxId, kind: 'by-hand', state: 'sent', sentAt: new Date('2026-11-13T09:00:00Z'),
      }); // prettier-ignore
      await buildApproved(app, { contactId: person.id, mailboxId, kind, ...birthday });
      return wayOutToken(before.id, await wayOutKey(app.db, app.ownerId));
    };
    const left = () => server.received.flatMap(({ to }) => to.map((address) => address.split('@')[0])).sort();

    const LEAVES = {
      'less-often': ['by-hand'],
      'no-congratulations': ['by-hand', 'first'],
      'only-answers': ['by-hand'],
      never: [],
    };

    it.each(wayOutChoices)('"%s", chosen of what is approved', async (choice) => {
      for (const kind of ['first', 'by-hand', 'birthday'] as const) {
        await outside
          .post(`/out/${await written(kind)}`)
          .type('form')
          .send({ choice })
          .expect(200);
      }
      const other = await buildApproved(app, { mailboxId });
      await app.run('deliver');
      expect(left()).toEqual([...LEAVES[choice], other.toAddress?.split('@')[0]].sort());
    });

    it.each(wayOutChoices)('"%s", chosen of what is claimed, before the words leave', async (choice) => {
      const tokens = [await written('first'), await written('by-hand'), await written('birthday')];
      server.script.at = {
        data: async () => {
          for (const one of tokens)
            await outside.post(`/out/${one}`).type('form').send({ choice }).expect(200);
        },
      };
      await app.run('deliver');
      expect(left()).toEqual(LEAVES[choice]);
      const dialled = server.commands.filter((command) => /^RCPT/i.test(command));
      expect(dialled.length).toBeGreaterThan(LEAVES[choice].length);
    });

    it('without any choice all of them leave', async () => {
      for (const kind of ['first', 'by-hand', 'birthday'] as const) await written(kind);
      await app.run('deliver');
      expect(left()).toEqual(['birthday', 'by-hand', 'first']);
    });

    it('until the owner takes it back, and then at every address', async () => {
      const chosen = await written('first');
      const { id } = (await row<{ id: string }>(app.db, `SELECT contact_id AS id FROM message WHERE state = 'sent' AND kind = 'by-hand'`)) ?? { id: '' }; // prettier-ignore
      await buildIdentity(app, { contactId: id, kind: 'email', value: 'g@home.example.org' });
      await outside.post(`/out/${chosen}`).type('form').send({ choice: 'never' }).expect(200);
      const marked = async () => rows<{ id: string }>(app.db, `SELECT id FROM suppression WHERE lifted_at IS NULL ORDER BY address`); // prettier-ignore
      const [first, home] = await marked();
      const lift = (stop: { id: string } | undefined) =>
        outside.post(`/suppressions/${stop?.id ?? ''}/lift`).set('Authorization', `Bearer ${TEST_TOKEN}`);
      await lift(first).expect(200);
      expect(await marked()).toEqual([home]);
      await lift(home).expect(200);
      await app.run('deliver');
      expect(left()).toEqual(['first']);
    });

    it.each(wayOutChoices)(
      '"%s", for an address of the same person that was learnt afterwards',
      async (choice) => {
        for (const kind of ['first', 'by-hand', 'birthday'] as const) {
          await outside
            .post(`/out/${await written(kind)}`)
            .type('form')
            .send({ choice })
            .expect(200);
        }
        await app.db.query(
          `UPDATE message SET to_address = 'new-' || to_address, to_canonical = 'new-' || to_canonical WHERE state = 'approved'`,
        );
        await app.db.query(
          `INSERT INTO identity (id, owner_id, created_at, contact_id, kind, value, canonical)
         SELECT gen_random_uuid(), owner_id, now(), contact_id, 'email', to_address, to_canonical FROM message WHERE state = 'approved'`,
        );
        await app.run('deliver');
        expect(left()).toEqual(LEAVES[choice].map((kind) => `new-${kind}`));
      },
    );
  });
});
