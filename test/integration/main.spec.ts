import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { runningService, takeServiceLock } from '../../src/database/service-lock.js';
import { enterEmbeddedServer } from '../../src/database/embedded/server.js';
import { runningPostmaster } from '../../src/database/embedded/postmaster.js';
import { fastestHome } from '../../src/database/embedded/temporary.js';
import { cloneDatabase, type TestDatabase } from '../database.js';
import { transpile } from '../transpile.js';

/** `npm start` as it is: a real process, real signals, its own folder. */
class Service {
  out = '';
  err = '';
  readonly ended: Promise<{ code: number | null }>;
  private constructor(private readonly child: ChildProcess) {
    child.stdout!.on('data', (data: Buffer) => (this.out += data.toString()));
    child.stderr!.on('data', (data: Buffer) => (this.err += data.toString()));
    this.ended = once(child, 'close').then(([code]: (number | null)[]) => ({ code: code ?? null }));
  }

  static start(command: readonly string[], cwd: string, env: Record<string, string> = {}): Service {
    const { PATH = '', HOME = '' } = process.env;
    const settings = { PATH, HOME, PORT: '0', LOG_LEVEL: 'error', ...env };
    const [program = '', ...args] = command;
    return new Service(spawn(program, args, { cwd, env: settings, stdio: 'pipe' }));
  }

  get pid(): number {
    return this.child.pid!;
  }

  kill(signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): void {
    this.child.kill(signal);
  }

  /** What it printed that matches; throws with everything it said should it end first. */
  async says(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = pattern.exec(this.out);
      if (found) return found[1] ?? found[0];
      const ended = this.child.exitCode !== null || this.child.signalCode !== null;
      if (ended) throw new Error(`it ended without saying ${String(pattern)}: ${this.out}${this.err}`);
      await Promise.race([once(this.child.stdout!, 'data'), this.ended]);
    }
  }

  address(): Promise<string> {
    return this.says(/listens on (http:\S+)/);
  }

  /** Its one clear line: exit code 1, no stack, nothing else. */
  async refusal(): Promise<string> {
    const { code } = await this.ended;
    expect({ code, err: this.err }).toMatchObject({ code: 1 });
    expect(this.err.trim().split('\n')).toHaveLength(1);
    expect(this.err).not.toMatch(/\n\s+at /);
    return this.err.trim();
  }
}

let main: string;
let folder: string;
let services: Service[];
let database: TestDatabase | null;

beforeAll(async () => {
  main = join(await transpile('src'), 'main.js');
});

beforeEach(async () => {
  folder = await mkdtemp(join(await fastestHome(), 'followthrough-main-'));
  await chmod(folder, 0o711);
  services = [];
  database = null;
});

afterEach(async () => {
  for (const service of services) {
    service.kill('SIGKILL');
    await service.ended;
  }
  const dataDir = join(folder, 'data', 'postgres-18');
  const moved = await readlink(dataDir).catch(() => undefined);
  if (await runningPostmaster(moved ?? dataDir)) await (await enterEmbeddedServer({ dataDir })).leave();
  if (moved) await rm(moved, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
  await database?.drop();
});

function start(env: Record<string, string> = {}, command = [process.execPath, main]): Service {
  const service = Service.start(command, folder, env);
  services.push(service);
  return service;
}

async function outside(): Promise<string> {
  database = await cloneDatabase();
  return database.url;
}

const TOKEN = 'a-token-of-at-least-24-letters';
const secrets = { API_TOKEN: TOKEN, SECRET_KEY: '07'.repeat(32) };

describe('a service on the embedded database', () => {
  it('starts from nothing, refuses a second one, ends cleanly, and is there again after kill -9', async () => {
    const first = start();
    const address = await first.address();
    expect((await fetch(`${address}/health/ready`)).status).toBe(200);
    await first.says(/api-token/);
    await first.says(/no owner yet/);
    expect((await stat(join(folder, 'data', 'api-token'))).mode & 0o777).toBe(0o600);

    const refusal = await start().refusal();
    expect(refusal).toContain(`already running on this data (process ${first.pid}, ${address})`);
    expect((await fetch(`${address}/health/ready`)).status).toBe(200);

    first.kill('SIGKILL');
    await first.ended;
    const second = start();
    await second.address();
    second.kill('SIGINT');
    expect(await second.ended).toEqual({ code: 0 });
    expect(second.err).toBe('');
    const dataDir = join(folder, 'data', 'postgres-18');
    expect(await runningPostmaster(await readlink(dataDir).catch(() => dataDir))).toBeUndefined();
  });

  it('leaves the data of another major version alone', async () => {
    await mkdir(join(folder, 'data', 'postgres-18'), { recursive: true });
    await writeFile(join(folder, 'data', 'postgres-18', 'PG_VERSION'), '16\n');
    expect(await start().refusal()).toContain('16');
  });
});

describe('a service on an outside database', () => {
  it('runs beside others, in split roles, and ends on SIGTERM', async () => {
    const DATABASE_URL = await outside();
    const web = start({ ...secrets, DATABASE_URL, ROLES: 'web' });
    const worker = start({ ...secrets, DATABASE_URL, ROLES: 'worker,scheduler' });
    await worker.says(/worker and scheduler/);
    const address = await web.address();
    const answer = await fetch(`${address}/owners`, { headers: { Authorization: `Bearer ${TOKEN}` } });
    expect(answer.status).toBe(200);
    expect(web.out).not.toContain(TOKEN);
    for (const service of [web, worker]) {
      service.kill('SIGTERM');
      expect({ ...(await service.ended), err: service.err }).toEqual({ code: 0, err: '' });
    }
  });

  it('tells health and metrics where the work is done, beside the API', async () => {
    const DATABASE_URL = await outside();
    const worker = start({ ...secrets, DATABASE_URL, ROLES: 'worker,scheduler', WORKER_PORT: '0' });
    const address = await worker.says(/health and metrics are on (http:\S+[0-9])/);
    const get = async (path: string, token = TOKEN) => {
      const answer = await fetch(`${address}${path}`, { headers: { Authorization: `Bearer ${token}` } });
      return { status: answer.status, body: await answer.text() };
    };
    expect((await get('/health/live')).status).toBe(200);
    expect(JSON.parse((await get('/health/ready')).body)).toEqual({
      status: 'ok',
      details: { database: { status: 'up' }, queue: { status: 'up' } },
    });
    expect(await get('/metrics')).toMatchObject({
      status: 200,
      body: expect.stringContaining('followthrough_send_seconds') as unknown,
    });
    expect((await get('/metrics', 'another-token-of-24-letters')).status).toBe(401);
    expect((await get('/owners')).status).toBe(404);

    const { port } = new URL(address);
    const second = start({ ...secrets, DATABASE_URL, ROLES: 'worker', WORKER_PORT: port });
    expect(await second.refusal()).toContain('set WORKER_PORT to another');
  });

  it('ends in order when npm and its shell are killed above it', async () => {
    const env = { ...secrets, DATABASE_URL: await outside(), npm_lifecycle_event: 'start' };
    const service = start(env, ['/bin/sh', '-c', '"$0" "$1"; exit', process.execPath, main]);
    await service.address();
    service.kill('SIGTERM');
    // Its output is closed only when the service itself, no child of ours, has ended.
    await service.ended;
    expect(service.out).toContain('Stopping: mail in flight is finished first');
    expect(service.err).toBe('');
  });

  it('says when the port is in use, and leaves nothing running', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const refusal = await start({ ...secrets, DATABASE_URL: await outside(), PORT: String(port) }).refusal();
    expect(refusal).toContain(`Port ${port} on 127.0.0.1 is in use`);
    other.close();
  });

  it.each([
    [
      'a database that is down',
      { DATABASE_URL: 'postgres://u:geheim@127.0.0.1:1/x' },
      /No PostgreSQL answers/,
    ],
    [
      'a Redis that is down',
      { DATABASE_URL: 'postgres://127.0.0.1:1/x', REDIS_URL: 'redis://:geheim@127.0.0.1:1' },
      /No Redis answers/,
    ],
    ['a wrong setting', { PORT: 'many' }, /PORT.*See \.env\.example/],
    ['split roles on the embedded database', { ROLES: 'web' }, /DATABASE_URL/],
    ['a zone that is none', { OWNER_ZONE: 'Mars/Olympus' }, /OWNER_ZONE/],
    ['half an owner', { OWNER_NAME: 'Ada' }, /OWNER_EMAIL/],
    ['a data folder that is a file', { DATA_DIR: '/dev/null' }, /DATA_DIR|folder/],
  ])('says so in one line: %s', async (_, env, line) => {
    const refusal = await start(env).refusal();
    expect(refusal).toMatch(line);
    expect(refusal).not.toContain('geheim');
  });

  it('says when the database refuses the password or is not there', async () => {
    const url = new URL(await outside());
    url.pathname = '/nowhere';
    expect(await start({ ...secrets, DATABASE_URL: url.href }).refusal()).toContain('no database "nowhere"');
    url.password = 'wrong';
    expect(await start({ ...secrets, DATABASE_URL: url.href }).refusal()).toMatch(
      /refuses the user|no database/,
    );
  });
});

describe('the place of a service', () => {
  it('is one connection: taken again when it is lost, and free for the next when it is given back', async () => {
    const url = await outside();
    let lost = false;
    const take = () => takeServiceLock(() => url, { alone: true, onLost: () => (lost = true) });
    const first = await take();
    if (first.kind !== 'held') throw new Error('nobody else is here');
    await first.lock.announce('http://127.0.0.1:3210');
    const running = { pid: String(process.pid), address: 'http://127.0.0.1:3210' };
    expect(await take()).toEqual({ kind: 'taken', by: running });

    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'ft service %'`,
    );
    await client.end();
    const deadline = performance.now() + 60_000;
    while (!(await runningService(url)) && performance.now() < deadline) continue;
    expect(await runningService(url)).toEqual(running);
    expect(lost).toBe(false);

    await first.lock.release();
    const next = await take();
    expect(next.kind).toBe('held');
    if (next.kind === 'held') await next.lock.release();
    expect(await runningService(url)).toBeNull();
  });
});
