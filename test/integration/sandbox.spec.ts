import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeMime } from '../../src/mail/mime.js';
import { listSandbox, startSandbox } from '../../src/mail/sandbox.js';
import { SmtpSession, type SendEnd, type SmtpSettings } from '../../src/mail/smtp.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'followthrough-sandbox-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function send(settings: SmtpSettings, id: string, to: string, day: number): Promise<SendEnd> {
  const from = { name: 'Olga', address: 'olga@example.com' };
  const mime = await composeMime({
    from,
    to: { name: 'Ada', address: to },
    subject: `Grüße ${id}`,
    text: '.Hello\n..\n',
    messageId: id,
    date: new Date(Date.UTC(2026, 10, day)),
  });
  const opened = await SmtpSession.open(settings);
  if (opened.kind === 'refused') throw new Error(opened.text);
  const end = await opened.session.send({ from: from.address, to, mime, mark: () => Promise.resolve(true) });
  await opened.session.close();
  return end;
}

describe('the sandbox', () => {
  it('keeps each mail as a file, lists the newest first, and replaces none', async () => {
    const inner = join(folder, 'mail', 'sandbox');
    const sandbox = await startSandbox(inner);
    try {
      expect(await send(sandbox.settings, '1@example.com', 'ada@example.org', 17)).toMatchObject({
        kind: 'accepted',
      });
      expect(await send(sandbox.settings, '../../2/x@example.com', 'bob@example.net', 19)).toMatchObject({
        kind: 'accepted',
      });
      expect(await send(sandbox.settings, '1@example.com', 'eve@example.net', 18)).toMatchObject({
        kind: 'accepted',
      });
    } finally {
      await sandbox.close();
    }
    expect((await readdir(inner)).sort()).toEqual([
      '1@example.com-2.eml',
      '1@example.com.eml',
      '__.._2_x@example.com.eml',
    ]);
    const listed = await listSandbox(inner);
    expect(listed.map(({ from, to, date }) => [from, to, date?.getUTCDate()])).toEqual([
      ['olga@example.com', ['bob@example.net'], 19],
      ['olga@example.com', ['eve@example.net'], 18],
      ['olga@example.com', ['ada@example.org'], 17],
    ]);
    expect(listed[2]).toMatchObject({
      subject: 'Grüße 1@example.com',
      file: join(inner, '1@example.com.eml'),
    });
    const raw = await readFile(join(inner, '1@example.com.eml'), 'utf8');
    expect(raw).toContain('\r\n\r\n.Hello\r\n..\r\n');
    expect([
      (await stat(inner)).mode & 0o777,
      (await stat(join(inner, '1@example.com.eml'))).mode & 0o777,
    ]).toEqual([0o700, 0o600]);
  });

  it('says 452 when it cannot write, so nothing counts as sent', async () => {
    const inner = join(folder, 'gone');
    const sandbox = await startSandbox(inner);
    await rm(inner, { recursive: true });
    try {
      const end = await send(sandbox.settings, '1@example.com', 'ada@example.org', 17);
      expect(end).toMatchObject({ kind: 'ended', stage: 'dot', code: 452 });
    } finally {
      await sandbox.close();
    }
  });

  it('listens on loopback only', async () => {
    const sandbox = await startSandbox(folder);
    await sandbox.close();
    expect(sandbox.settings).toMatchObject({ host: '127.0.0.1', tls: 'none' });
  });

  it('lists an empty or missing folder as empty, and a strange file without hiding it', async () => {
    expect(await listSandbox(join(folder, 'nowhere'))).toEqual([]);
    await writeFile(join(folder, 'odd.eml'), 'no mail');
    await writeFile(join(folder, '.half.part'), 'From: x@example.org\r\n\r\n');
    expect(await listSandbox(folder)).toEqual([
      { from: '', to: [], subject: '', date: null, file: join(folder, 'odd.eml') },
    ]);
  });
});

describe('the sink of the kill tests', () => {
  it('logs what it received before it says so', async () => {
    const log = join(folder, 'sink.jsonl');
    const sink = spawn(process.execPath, ['test/mail/smtp-sink.mjs', log, '5'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const [line] = (await once(sink.stdout, 'data')) as [Buffer];
      const { port } = JSON.parse(line.toString()) as { port: number };
      const settings: SmtpSettings = { host: '127.0.0.1', port, tls: 'none' };
      expect(await send(settings, '7@example.com', 'ada@example.org', 17)).toMatchObject({
        kind: 'accepted',
      });
      expect(JSON.parse(await readFile(log, 'utf8'))).toMatchObject({
        messageId: '<7@example.com>',
        to: ['ada@example.org'],
      });
    } finally {
      sink.kill('SIGTERM');
      await once(sink, 'exit');
    }
  });
});
