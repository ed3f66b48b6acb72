import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { rows } from '../../src/database/rows.js';
import { startApp, type TestApp } from '../app.js';
import { buildApproved, buildMailbox } from '../factories.js';
import { SETTINGS } from '../faults/ground.js';
import { firstLine, startWorkerProcess, type WorkerProcess } from '../faults/worker-process.js';

const NOW = '2026-11-23T09:00:00Z';
const MESSAGES = 150;

/** Law 1 against the power switch: `kill -9` in the middle of a send, restart, again and again. */
describe.each([
  { connections: 1, kills: 10 },
  { connections: 5, kills: 6 },
])('law 1: a worker killed in the middle of a send ($connections connections)', ({ connections, kills }) => {
  let app: TestApp;
  let folder: string;
  let sink: ChildProcess;
  let worker: WorkerProcess | undefined;

  beforeAll(async () => {
    app = await startApp({ now: NOW });
    folder = await mkdtemp(join(tmpdir(), 'followthrough-kill-'));
    sink = spawn(process.execPath, [resolve('test/mail/smtp-sink.mjs'), join(folder, 'received'), '12'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const { port } = JSON.parse(await firstLine(sink)) as { port: number };
    const pace = { dailyCap: 100_000, hourlyCap: 100_000, gapSeconds: 0 };
    const { id: mailboxId } = await buildMailbox(app, { port, address: 'ada@example.org', ...pace });
    for (let n = 0; n < MESSAGES; n += 1) await buildApproved(app, { mailboxId });
  });

  afterAll(async () => {
    await worker?.kill();
    sink.kill('SIGKILL');
    await once(sink, 'exit');
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });

  const received = async (): Promise<string[]> =>
    (await readFile(join(folder, 'received'), 'utf8').catch(() => ''))
      .split('\n')
      .filter(Boolean)
      .map((line) => (JSON.parse(line) as { messageId: string }).messageId);

  const inState = async (...states: string[]): Promise<number> =>
    (await rows(app.db, 'SELECT id FROM message WHERE state = ANY ($1)', [states])).length;

  /** The clock stands still: what a busy machine has made wait for its minute is due again. */
  const waitingPasses = async (): Promise<void> => {
    await app.db.query(
      `UPDATE mailbox SET state = 'active', paused_why = NULL, paused_until = NULL WHERE state = 'paused'`,
    );
    await app.db.query(`UPDATE message SET next_at = $1 WHERE state = 'approved' AND next_at > $1`, [NOW]);
  };

  const startWorker = async (): Promise<WorkerProcess> => {
    const { url } = app.db.options as { url: string };
    const settings = { ...SETTINGS, ROLES: 'web', DATABASE_URL: url, SMTP_CONNECTIONS: String(connections) };
    worker = await startWorkerProcess(NOW, settings);
    worker.go();
    return worker;
  };

  it('sends nothing twice and loses nothing', async () => {
    const caught: string[] = [];
    for (let kill = 0; kill < kills; kill += 1) {
      const before = (await received()).length;
      const running = await startWorker();
      // Some way into the work, at no particular place of it: the log grows before the server says 250.
      const goal = before + 1 + ((kill * 7) % 11) * Math.min(2, connections);
      while ((await received()).length < goal && (await inState('approved', 'claimed')) > 0) {
        await waitingPasses();
        await pause(2);
      }
      await running.kill();
      caught.push(`${await inState('claimed')} claimed, ${await inState('sending')} sending`);
    }
    // The kills must have caught work in hand, or this test proves nothing.
    expect(caught.filter((line) => line !== '0 claimed, 0 sending').length).toBeGreaterThanOrEqual(kills / 2);

    await startWorker();
    while ((await inState('approved', 'claimed', 'sending')) > 0) {
      await waitingPasses();
      await pause(50);
    }

    const got = await received();
    expect(new Set(got).size).toBe(got.length);
    const all = await rows<{ id: string; state: string }>(app.db, 'SELECT id, state FROM message');
    const arrived = new Set(got.map((id) => id.slice(1, 37)));
    const wrong = all.filter(({ id, state }) =>
      arrived.has(id) ? state !== 'sent' && state !== 'unknown' : state !== 'unknown',
    );
    expect(wrong).toEqual([]);
    expect(all).toHaveLength(MESSAGES);
    // At most one message per connection was in the server's hands, or its end not written yet, at each kill.
    const most = kills * connections;
    expect(all.filter(({ state }) => state === 'unknown').length).toBeLessThanOrEqual(most);
    expect(all.filter(({ state }) => state === 'sent').length).toBeGreaterThanOrEqual(MESSAGES - most);
  }, 600_000);
});
