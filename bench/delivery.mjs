/**
 * How fast mail leaves with every law kept: due messages through claim, re-check, mark, SMTP and record, against a bare
 * pooled nodemailer loop with the same mails, as many connections and the same sink in another process. The two sides take
 * turns in one run. The sink counts: each Message-ID exactly once.
 *
 * Prints; asserts nothing. MESSAGES, CONNECTIONS and ROUNDS scale it. Needs the build: npm run build && npm run bench:delivery
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { NestFactory } from '@nestjs/core';
import nodemailer from 'nodemailer';
import { DataSource } from 'typeorm';

const built = process.env.BUILT ?? '../dist';
const load = (file) => import(`${built}/${file}`);
const { OwnersService } = await load('accounts/owners.service.js');
const { AppModule } = await load('app.module.js');
const { SteppedClock } = await load('clock.js');
const { readConfig } = await load('config.js');
const { ensureDatabase } = await load('database/embedded/ensure-database.js');
const { enterTemporaryServer } = await load('database/embedded/temporary.js');
const { migrate } = await load('database/migrate.js');
const { newId } = await load('database/ids.js');
const { Log } = await load('log.js');
const { JobRunner } = await load('queue/job-runner.js');

const MESSAGES = Number(process.env.MESSAGES ?? 5_000);
const CONNECTIONS = Number(process.env.CONNECTIONS ?? 100);
const ROUNDS = Number(process.env.ROUNDS ?? 5);
/** Monday, 10:00 in Berlin. */
const NOW = new Date('2026-11-23T09:00:00Z');
const SUBJECT = 'Your talk on replayable builds';
const TEXT = `Hello Grace,\n\n${Array.from({ length: 12 }, (_, n) => `It was good to hear you at DevConf, and how your builds in Zürich are replayed each night. ${n + 1}: I would like to know what you do with caches that are older than a day, and who looks after them.`).join('\n\n')}\n\nAda\n`;

const server = await enterTemporaryServer('followthrough-bench');
const sink = fork(new URL('smtp-sink.mjs', import.meta.url));
try {
  const [{ port }] = await once(sink, 'message');
  await ensureDatabase(server.url('postgres'), 'delivery');
  await migrate(server.url('delivery'));
  const app = await start(server.url('delivery'));
  const mailbox = await connect(app, port);

  await ours(app, mailbox, 500);
  const { sample } = await counted(0);
  const html = /^content-type: text\/html/im.test(sample);
  await bare(port, 500, html);
  await counted(0);

  const rounds = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const loop = await bare(port, MESSAGES, html);
    const loopSeen = await counted(MESSAGES);
    const line = await ours(app, mailbox, MESSAGES);
    const lineSeen = await counted(MESSAGES);
    rounds.push({ loop, line });
    console.log(
      `round ${round}  nodemailer ${say(loop)}, ${loopSeen.text}\n         followthrough ${say(line)}, ${lineSeen.text}; ${line.sent} recorded as sent\n         ratio ${(line.rate / loop.rate).toFixed(2)}`,
    );
  }
  const total = (side) => (MESSAGES * ROUNDS) / rounds.reduce((sum, round) => sum + round[side].seconds, 0);
  const most = Math.max(...rounds.map(({ line }) => line.most));
  console.log(
    `${MESSAGES.toLocaleString('en')} mails of ${sample.length} bytes${html ? ' with HTML' : ''}, ${CONNECTIONS} connections, ${ROUNDS} rounds`,
  );
  console.log(
    `nodemailer, pooled ${Math.round(total('loop'))}/s; followthrough ${Math.round(total('line'))}/s`,
  );
  console.log(`ratio ${(total('line') / total('loop')).toFixed(2)} (goal 0.8); memory at most ${most} MB`);
  await app.close();
} finally {
  sink.disconnect();
  await server.leave();
}

function say({ rate, cpu }) {
  return `${Math.round(rate)}/s (${(cpu * 1000).toFixed(2)} ms CPU each)`;
}

async function start(databaseUrl) {
  const config = readConfig({
    ROLES: 'web',
    DATABASE_URL: databaseUrl,
    API_TOKEN: 'bench-token-bench-token-bench',
    SECRET_KEY: '07'.repeat(32),
    LOG_LEVEL: 'silent',
    SMTP_CONNECTIONS: String(CONNECTIONS),
  });
  const log = new Log('warn');
  return NestFactory.createApplicationContext(
    AppModule.of({ config, databaseUrl, clock: new SteppedClock(NOW), log }),
    { logger: log },
  );
}

/** A mailbox without a pace: its caps are what this is not about. */
async function connect(app, port) {
  const owner = await app
    .get(OwnersService)
    .add({ name: 'Ada', email: 'ada@example.org', zone: 'Europe/Berlin', language: 'en' });
  const id = newId();
  await app.get(DataSource).query(
    `INSERT INTO mailbox (id, owner_id, created_at, kind, address, display_name, host, port, tls, daily_cap, hourly_cap, gap_seconds)
     VALUES ($1, $2, $3, 'smtp', 'ada@example.org', 'Ada Lindqvist', '127.0.0.1', $4, 'none', 1000000, 1000000, 0)`,
    [id, owner.id, NOW, port],
  );
  return { id, ownerId: owner.id };
}

/** As many people as messages, one approved and due for each, with its words and the fact it cites. */
async function fill(db, { id, ownerId }, count) {
  const due = Array.from({ length: count }, () => ({
    contact: newId(),
    identity: newId(),
    message: newId(),
    body: newId(),
    fact: newId(),
    reason: newId(),
  }));
  const put = (sql, ...more) =>
    db.query(
      `WITH s AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS r(contact uuid, identity uuid, message uuid, body uuid, fact uuid, reason uuid)) ${sql}`,
      [JSON.stringify(due), ownerId, NOW, ...more],
    );
  const address = `'grace.' || contact || '@example.com'`;
  await put(
    `INSERT INTO contact (id, owner_id, created_at, full_name, given_name, zone, zone_source) SELECT contact, $2, $3, 'Grace Hopper', 'Grace', 'Europe/Berlin', 'owner' FROM s`,
  );
  await put(
    `INSERT INTO identity (id, owner_id, created_at, contact_id, kind, value, canonical) SELECT identity, $2, $3, contact, 'email', ${address}, ${address} FROM s`,
  );
  await put(
    `INSERT INTO fact (id, owner_id, created_at, contact_id, kind, text, quotable, source_kind) SELECT fact, $2, $3, contact, 'said', 'your talk on replayable builds', true, 'owner' FROM s`,
  );
  await put(
    `INSERT INTO message (id, owner_id, created_at, contact_id, kind, subject_key, channel, state, approved_by, mailbox_id, to_address, to_canonical, due_at, next_at)
     SELECT message, $2, $3, contact, 'first', 'bench', 'mail', 'approved', 'owner', $4, ${address}, ${address}, $3, $3 FROM s`,
    id,
  );
  await put(
    `INSERT INTO message_body (id, owner_id, created_at, message_id, subject, text, paragraphs) SELECT body, $2, $3, message, $4, $5, '[]' FROM s`,
    SUBJECT,
    TEXT,
  );
  await put(
    `INSERT INTO message_reason (id, owner_id, created_at, message_id, kind, ref_id, words) SELECT reason, $2, $3, message, 'fact', fact, 'your talk on replayable builds' FROM s`,
  );
  await db.query('ANALYZE');
  return due.map(({ message }) => message);
}

async function ours(app, mailbox, count) {
  const db = app.get(DataSource);
  const ids = await fill(db, mailbox, count);
  const measured = await timed(count, () => deliver(app, mailbox));
  const [{ sent }] = await db.query(
    `SELECT count(*)::int AS sent FROM message m WHERE id = ANY ($1) AND state = 'sent'
        AND (SELECT count(*) FROM send_attempt a WHERE a.message_id = m.id AND a.result = 'sent') = 1`,
    [ids],
  );
  return { ...measured, sent };
}

/** The job comes back after a while where sending lasts longer than that; the sending goes on. */
async function deliver(app, { id }) {
  const left = `SELECT EXISTS (SELECT 1 FROM message WHERE mailbox_id = $1 AND state IN ('approved', 'claimed', 'sending')) AS some`;
  for (let some = true; some; [{ some }] = await app.get(DataSource).query(left, [id])) {
    await app.get(JobRunner).run('deliver', {});
  }
}

async function bare(port, count, html) {
  const pool = { pool: true, maxConnections: CONNECTIONS, maxMessages: Infinity };
  const transport = nodemailer.createTransport({ ...pool, host: '127.0.0.1', port, ignoreTLS: true });
  const markup = `<p>${TEXT.split('\n\n').join('</p>\n<p>')}</p>`;
  const measured = await timed(count, () =>
    Promise.all(
      Array.from({ length: count }, () =>
        transport.sendMail({
          from: { name: 'Ada Lindqvist', address: 'ada@example.org' },
          to: { name: 'Grace Hopper', address: `grace.${newId()}@example.com` },
          subject: SUBJECT,
          text: TEXT,
          ...(html && { html: markup }),
          messageId: `<${newId()}@example.org>`,
          date: NOW,
          encoding: 'quoted-printable',
        }),
      ),
    ),
  );
  transport.close();
  return measured;
}

async function timed(count, act) {
  globalThis.gc?.();
  let most = 0;
  const look = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 100);
  const cpu = process.cpuUsage();
  const begun = performance.now();
  await act();
  const seconds = (performance.now() - begun) / 1000;
  clearInterval(look);
  const { user, system } = process.cpuUsage(cpu);
  return { seconds, rate: count / seconds, cpu: (user + system) / 1e6 / count, most: Math.round(most / 1e6) };
}

/** What the sink saw since it was asked last. */
async function counted(expected) {
  sink.send('counts');
  const [{ seen, sample }] = await once(sink, 'message');
  const twice = seen.filter(([, times]) => times > 1).length;
  const text = `${seen.length} of ${expected} arrived, ${twice} twice`;
  return { text, sample };
}
