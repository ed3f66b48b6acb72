import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { rows } from '../../src/database/rows.js';
import { startApp, type TestApp } from '../app.js';
import { buildContact, buildMailbox, buildMessage, buildMessageReason } from '../factories.js';
import { transpile } from '../transpile.js';

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
  let sources: string;
  const children = new Set<ChildProcess>();

  beforeAll(async () => {
    app = await startApp({ now: NOW });
    folder = await mkdtemp(join(tmpdir(), 'followthrough-kill-'));
    sources = await transpile('src');
    sink = start('test/mail/smtp-sink.mjs', [join(folder, 'received'), '12']);
    const { port } = JSON.parse(await firstLine(sink)) as { port: number };
    const pace = { dailyCap: 100_000, hourlyCap: 100_000, gapSeconds: 0 };
    const { id: mailboxId } = await buildMailbox(app, { port, address: 'ada@example.org', ...pace });
    for (let n = 0; n < MESSAGES; n += 1) {
      const contact = await buildContact(app);
      const message = await buildMessage(app, {
        mailboxId,
        contactId: contact.id,
        state: 'approved',
        approvedBy: 'owner',
        subject: 'After DevConf',
      });
      await buildMessageReason(app, { messageId: message.id });
    }
  }, 120_000);

  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });

  function start(script: string, args: string[]): ChildProcess {
    const child = spawn(process.execPath, [resolve(script), ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.add(child);
    child.once('exit', () => children.delete(child));
    return child;
  }

  const received = async (): Promise<string[]> =>
    (await readFile(join(folder, 'received'), 'utf8').catch(() => ''))
      .split('\n')
      .filter(Boolean)
      .map((line) => (JSON.parse(line) as { messageId: string }).messageId);

  const inState = async (...states: string[]): Promise<number> =>
    (await rows(app.db, 'SELECT id FROM message WHERE state = ANY ($1)', [states])).length;

  const startWorker = async (): Promise<ChildProcess> => {
    const worker = start('test/integration/delivery-worker.mjs', [
      sources,
      database(),
      NOW,
      String(connections),
    ]);
    expect(await firstLine(worker)).toBe('ready');
    return worker;
  };

  const database = (): string => (app.db.options as { url: string }).url;

  it('sends nothing twice and loses nothing', async () => {
    const caught: string[] = [];
    for (let kill = 0; kill < kills; kill += 1) {
      const before = (await received()).length;
      const worker = await startWorker();
      // Some way into the work, at no particular place of it: the log grows before the server says 250.
      const goal = before + 1 + ((kill * 7) % 11) * Math.min(2, connections);
      while ((await received()).length < goal && (await inState('approved', 'claimed')) > 0) await pause(2);
      const ended = new Promise((done) => worker.once('exit', done));
      worker.kill('SIGKILL');
      await ended;
      caught.push(`${await inState('claimed')} claimed, ${await inState('sending')} sending`);
    }
    // The kills must have caught work in hand, or this test proves nothing.
    expect(caught.filter((line) => line !== '0 claimed, 0 sending').length).toBeGreaterThanOrEqual(kills / 2);

    await startWorker();
    const patience = Date.now() + 60_000;
    while ((await inState('approved', 'claimed', 'sending')) > 0 && Date.now() < patience) await pause(50);

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
  }, 180_000);
});

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((done, fail) => {
    createInterface({ input: child.stdout! }).once('line', done);
    child.once('exit', (code) => fail(new Error(`ended with ${code} before it was ready`)));
  });
}
