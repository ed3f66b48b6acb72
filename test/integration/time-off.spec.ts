import { row } from '../../src/database/rows.js';
import { startApp, type TestApp } from '../app.js';
import { buildApproved, buildMailbox } from '../factories.js';
import { startScriptedSmtp, type ScriptedSmtp } from '../mail/scripted-smtp.js';

describe('time off', () => {
  let app: TestApp;
  let server: ScriptedSmtp;

  beforeEach(async () => {
    app = await startApp({ now: '2026-11-23T09:00:00Z' });
    server = await startScriptedSmtp({ tls: 'none' });
  });
  afterEach(async () => {
    await server.close();
    await app.close();
  });

  const approved = async (kind: 'first' | 'by-hand') => {
    const mailbox = await row<{ id: string }>(app.db, `SELECT id FROM mailbox WHERE kind = 'smtp'`);
    const { id: mailboxId } = mailbox ?? (await buildMailbox(app, { port: server.settings.port }));
    return buildApproved(app, { mailboxId, kind });
  };
  const stateOf = async ({ id }: { id: string }) =>
    row<{ state: string; whyCode: string | null; nextAt: Date }>(
      app.db,
      `SELECT state, why_code, next_at FROM message WHERE id = $1`,
      [id],
    );

  it('holds a first word until the owner is back, and nothing that they do by hand', async () => {
    await app.http.post('/time-off').send({ fromOn: '2026-11-20', untilOn: '2026-11-24' }).expect(201);
    const [first, byHand] = [await approved('first'), await approved('by-hand')];
    await app.drain();
    // Back on Wednesday, and then at a good hour where they are.
    expect(await stateOf(first)).toEqual({
      state: 'approved',
      whyCode: 'owner-away',
      nextAt: new Date('2026-11-25T07:00:00Z'),
    });
    expect(await stateOf(byHand)).toMatchObject({ state: 'sent' });
  });

  it('goes on when the days are given up again', async () => {
    const taken = await app.http.post('/time-off').send({ fromOn: '2026-11-20', untilOn: '2026-11-24' });
    const listed = await app.http.get('/time-off').expect(200);
    expect(listed.body.items).toEqual([{ id: taken.body.id, fromOn: '2026-11-20', untilOn: '2026-11-24' }]);
    await app.http.delete(`/time-off/${taken.body.id}`).expect(204);
    await app.http.delete(`/time-off/${taken.body.id}`).expect(404);
    const first = await approved('first');
    await app.drain();
    expect(await stateOf(first)).toMatchObject({ state: 'sent' });
  });

  it('refuses days that end before they begin', async () => {
    await app.http.post('/time-off').send({ fromOn: '2026-11-24', untilOn: '2026-11-20' }).expect(400);
    await app.http.post('/time-off').send({ fromOn: '2026-11-24', untilOn: '2028-11-20' }).expect(400);
  });
});
