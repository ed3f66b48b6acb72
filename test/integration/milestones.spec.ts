import { affected, rows } from '../../src/database/rows.js';
import type { Message } from '../../src/database/entities/message.entity.js';
import { CelebrateWorker } from '../../src/milestones/celebrate.worker.js';
import { startApp, type TestApp } from '../app.js';
import {
  buildContact,
  buildEnrollment,
  buildInbound,
  buildInteraction,
  buildMailbox,
  buildMessage,
  buildSuppression,
} from '../factories.js';

/** Saturday. */
const NOW = '2026-11-21T09:00:00Z';

describe('milestones', () => {
  let app: TestApp;
  const celebrate = (): Promise<void> => app.get(CelebrateWorker).handle();
  const wishes = (): Promise<Message[]> =>
    rows<Message>(app.db, `SELECT * FROM message WHERE subject_key = 'birthday' ORDER BY created_at, id`);

  beforeEach(async () => {
    app = await startApp({ now: NOW });
  });
  afterEach(async () => {
    await app.close();
  });

  /** Inner circle, and words went both ways. */
  async function friend(over: Parameters<typeof buildContact>[1] = {}) {
    const contact = await buildContact(app, { circle: 'inner', birthday: '1990-11-22', ...over });
    await buildInteraction(app, { contactId: contact.id, kind: 'mail-by-hand' });
    await buildInbound(app, { contactId: contact.id, turn: null });
    return contact;
  }

  it('a friend gets a mail, at the opening of the day where they live, on a Sunday too', async () => {
    const mailbox = await buildMailbox(app);
    const contact = await friend({ zone: 'America/New_York' });
    await celebrate();
    expect(await wishes()).toMatchObject([
      {
        contactId: contact.id,
        kind: 'birthday',
        channel: 'mail',
        state: 'planned',
        occursOn: '2026-11-22',
        dueAt: new Date('2026-11-22T13:00:00Z'),
        mailboxId: mailbox.id,
      },
    ]);
  });

  it('is noticed once, however often the minute comes, and after a merge too', async () => {
    const contact = await friend();
    await celebrate();
    await celebrate();
    const other = await friend();
    await affected(app.db, `UPDATE contact SET merged_into = $2 WHERE id = $1`, [contact.id, other.id]);
    await celebrate();
    await Promise.all([celebrate(), celebrate()]);
    expect(await wishes()).toHaveLength(1);
  });

  it.each([
    ['the wide circle', { circle: 'wide' as const }, true, true],
    ['nobody of theirs has answered', {}, true, false],
    ['we have never written', {}, false, true],
    ['no address', { email: null }, true, true],
  ])('only a reminder for the owner: %s', async (_, over, written, heard) => {
    const contact = await buildContact(app, { circle: 'active', birthday: '--11-22', ...over });
    if (written) await buildInteraction(app, { contactId: contact.id, kind: 'mail-by-hand' });
    if (heard) await buildInbound(app, { contactId: contact.id, turn: null });
    await celebrate();
    expect(await wishes()).toMatchObject([{ kind: 'birthday-reminder', channel: 'task', toAddress: null }]);
  });

  it('what the sandbox took is no word to a person', async () => {
    const contact = await buildContact(app, { circle: 'inner', birthday: '--11-22' });
    await buildInbound(app, { contactId: contact.id, turn: null });
    await buildMessage(app, { contactId: contact.id, state: 'sent', sentAt: app.clock.now(), sandbox: true });
    await celebrate();
    expect(await wishes()).toMatchObject([{ kind: 'birthday-reminder' }]);
    await affected(app.db, `DELETE FROM message WHERE subject_key = 'birthday'`);
    await affected(app.db, `UPDATE message SET sandbox = false`);
    await celebrate();
    expect(await wishes()).toMatchObject([{ kind: 'birthday' }]);
  });

  it('law 2: nothing for who wants no congratulations, asked to stop, or must not be contacted; nothing while all is stopped', async () => {
    await friend({ noCongratulations: true });
    await friend({ doNotContactAt: app.clock.now() });
    await friend({ hiddenAt: app.clock.now() });
    await friend({ email: 'none@example.com' });
    await buildSuppression(app, { address: 'none@example.com', scope: 'congratulations' });
    const gone = await friend();
    await buildInbound(app, { contactId: gone.id, kind: 'opt-out', turn: null });
    await celebrate();
    expect(await wishes()).toEqual([]);
    await friend();
    await affected(app.db, `UPDATE owner SET stopped_at = now()`);
    await celebrate();
    expect(await wishes()).toEqual([]);
  });

  it('law 2: a suppressed or shared address gets no mail; the owner is reminded', async () => {
    await friend({ email: 'gone@example.com' });
    await buildSuppression(app, { address: 'gone@example.com' });
    await friend({ email: 'team@example.com' });
    await affected(app.db, `UPDATE identity SET shared = true WHERE canonical = 'team@example.com'`);
    await celebrate();
    expect((await wishes()).map(({ kind }) => kind)).toEqual(['birthday-reminder', 'birthday-reminder']);
  });

  it('goes by the day where they live, and keeps 29 February on the 28th', async () => {
    app.clock.set(new Date('2027-02-26T12:00:00Z'));
    await friend({ birthday: '1992-02-29', zone: 'Pacific/Auckland' });
    await friend({ birthday: '--03-01', zone: 'Pacific/Honolulu' });
    await celebrate();
    expect((await wishes()).map(({ occursOn }) => occursOn)).toEqual(['2027-02-28']);
  });

  it('lists what is ahead, the nearest first', async () => {
    await buildContact(app, { fullName: 'Later', birthday: '--12-10' });
    await buildContact(app, { fullName: 'Today', birthday: '1980-11-21' });
    await buildContact(app, { fullName: 'Too late', birthday: '--12-25' });
    const { body } = await app.http.get('/milestones/upcoming?days=30').expect(200);
    expect(body.items).toMatchObject([
      { name: 'Today', on: '2026-11-21', turning: 46, kind: 'birthday' },
      { name: 'Later', on: '2026-12-10', turning: null },
    ]);
    await app.http.get('/milestones/upcoming?days=1000').expect(400);
  });

  it('leaves enrollments alone', async () => {
    const contact = await friend();
    const enrollment = await buildEnrollment(app, { contactId: contact.id, nextAt: null });
    await celebrate();
    expect(
      await rows(app.db, `SELECT state, version FROM enrollment WHERE id = $1`, [enrollment.id]),
    ).toEqual([{ state: 'active', version: 1 }]);
  });
});
