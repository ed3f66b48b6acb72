import { row, rows } from '../../src/database/rows.js';
import { startApp, type TestApp } from '../app.js';
import { buildApproved, buildContact, buildEnrollment, buildMailbox, insert } from '../factories.js';
import { startScriptedSmtp, type ScriptedSmtp } from '../mail/scripted-smtp.js';

describe('a mail that the owner wrote by hand', () => {
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

  it('replaces the first mail of ours that has not left, and the sequence goes on after it', async () => {
    const { id: mailboxId } = await buildMailbox(app, { port: server.settings.port });
    const { id: contactId } = await buildContact(app);
    const steps = await rows<{ id: string; sequenceId: string; kind: string }>(
      app.db,
      `SELECT t.id, t.sequence_id, t.kind FROM step t JOIN sequence q ON q.id = t.sequence_id
        WHERE q.is_default ORDER BY t.position`,
    );
    const [first, second] = steps;
    const enrollment = await buildEnrollment(app, {
      contactId,
      mailboxId,
      sequenceId: first?.sequenceId ?? '',
      nextStepId: first?.id ?? '',
      nextAt: null,
    });
    const message = await buildApproved(app, {
      contactId,
      mailboxId,
      enrollmentId: enrollment.id,
      stepId: first?.id ?? '',
    });
    app.clock.set(new Date('2026-11-23T09:30:00Z'));
    await insert(app, 'interaction', {
      contactId,
      kind: 'mail-by-hand',
      at: app.clock.now(),
      text: 'wrote from the phone',
      sourceKind: 'sent-mail',
      sourceId: contactId,
    });
    await app.drain();
    expect(server.received).toEqual([]);
    expect(await row(app.db, `SELECT state, why_code FROM message WHERE id = $1`, [message.id])).toEqual({
      state: 'cancelled',
      whyCode: 'written',
    });
    expect(
      await row(app.db, `SELECT state, next_step_id FROM enrollment WHERE id = $1`, [enrollment.id]),
    ).toEqual({
      state: 'active',
      nextStepId: second?.id,
    });
  });
});
