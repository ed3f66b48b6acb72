/**
 * How fast an import is: rows of a badge scanner, decided by identity, through the same path as any upload (stored in
 * pieces, read, matched, written in batches), against COPY of the very values it wrote into the same tables with the same
 * indexes and foreign keys in another database of the same server, in the same run. Then once more on top of those people,
 * half of them known. Beside it: COPY into one flat table of 6 text columns with a unique index on lower(email).
 *
 * Prints; asserts nothing. ROWS=100000 scales it. Needs the build: npm run build && npm run bench:import
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import copyStreams from 'pg-copy-streams';
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
const { ImportRunner } = await load('imports/import-runner.js');
const { ImportsService } = await load('imports/imports.service.js');
const { IntakeService } = await load('imports/intake.service.js');
const { Log } = await load('log.js');

const ROWS = Number(process.env.ROWS ?? 1_000_000);
const NOW = new Date('2026-11-23T09:00:00Z');
const EVENT = { event: 'DevConf 2026', on: '2026-11-18..2026-11-20' };
/** In the order in which their foreign keys allow it. */
const TABLES = [
  'contact',
  'identity',
  'source_record',
  'encounter',
  'interaction',
  'fact',
  'position_change',
];

const words = (text) => text.split(' ');
const GIVEN = words(
  'Mira Jonas Teo Ines Sam Rosa Per Ada Tom Eva Kari Uwe Anna Zoe Lukasz Grace Ravi Mei Omar Lena',
);
const FAMILY = words(
  'Okafor Weber Marin Duarte Quinn Lind Haugen Byron Ruiz Holm Berg Kern Ngo Zak Hopper Rao Chen Aziz Vogel Silva Novak',
);
const TRADE = words('Works Systems Labs Robotics Foods Energy Health Logistics');
const TITLE = [
  'Engineer',
  'Head of Sales',
  'Product Manager',
  'CTO',
  'Data Scientist',
  'Designer',
  'Consultant',
];
const CITY = ['Berlin', 'Oslo', 'Lisbon', 'Vienna', 'London', 'Paris', 'Warsaw', 'Milan', 'Madrid'];

const folder = await mkdtemp(join(tmpdir(), 'followthrough-bench-'));
const server = await enterTemporaryServer('followthrough-bench');
const clients = [];
try {
  for (const name of ['ours', 'copied']) {
    await ensureDatabase(server.url('postgres'), name);
    await migrate(server.url(name));
  }
  const ours = await client('ours');
  const copied = await client('copied');
  const app = await start(server.url('ours'));
  const owner = await app
    .get(OwnersService)
    .add({ name: 'B', email: 'b@example.org', zone: 'Europe/Berlin', language: 'en' });

  const first = await measured(app, owner.id, 'scans.csv', 0);
  await compare('an empty register', first, ours, copied);
  const flat = await flatTable(copied);
  say('');
  const second = await measured(app, owner.id, 'more.csv', ROWS / 2);
  await compare(`on top of ${number(ROWS)} people, half of these rows among them`, second, ours, copied);
  say('');
  say(`one flat table, 6 text columns, unique lower(email), COPY: ${number(flat)} rows/s`);
  say(`import / flat table: ${(first.rate / flat).toFixed(2)}`);
  await app.close();
} finally {
  for (const one of clients) await one.end();
  await server.leave();
  await rm(folder, { recursive: true, force: true });
}

async function start(databaseUrl) {
  const config = readConfig({
    ROLES: 'web',
    DATABASE_URL: databaseUrl,
    API_TOKEN: 'bench-token-bench-token-bench',
    SECRET_KEY: '07'.repeat(32),
    LOG_LEVEL: 'silent',
  });
  const log = new Log('warn');
  return NestFactory.createApplicationContext(
    AppModule.of({ config, databaseUrl, clock: new SteppedClock(NOW), log }),
    { logger: false },
  );
}

/** Stores the file first: how fast it comes in is the network's or the disk's matter. */
async function measured(app, ownerId, name, from) {
  const intake = app.get(IntakeService);
  const importId = await intake.open(ownerId);
  const { bytes } = await intake.receive(ownerId, importId, name, Readable.from(scans(from, from > 0)));
  await intake.submit(ownerId, importId, EVENT);
  let most = 0;
  const memory = [];
  const begun = performance.now();
  await app.get(ImportRunner).run(importId, {
    onProgress: ({ rows }) => {
      const { rss } = process.memoryUsage();
      most = Math.max(most, rss);
      if (rows % (ROWS / 10) < 1_000) memory.push(Math.round(rss / 1e6));
    },
  });
  const seconds = (performance.now() - begun) / 1000;
  const { state, created, merged, unchanged, rejected } = await app
    .get(ImportsService)
    .get(ownerId, importId);
  const counts = { state, created, merged, unchanged, rejected };
  return { importId, bytes, seconds, rate: ROWS / seconds, most, memory, counts };
}

async function compare(what, run, ours, copied) {
  const seconds = await copyOf(run.importId, ours, copied);
  const rate = ROWS / seconds;
  say(`${number(ROWS)} rows (${number(run.bytes / 1e6)} MB), ${what}`);
  say(`  ${JSON.stringify(run.counts)}`);
  say(`  import      ${run.seconds.toFixed(1)} s   ${number(run.rate)} rows/s`);
  say(`  COPY        ${seconds.toFixed(1)} s   ${number(rate)} rows/s, the same values into the same tables`);
  say(`  ratio       ${(run.rate / rate).toFixed(2)}   (goal 0.5, floor 0.3)`);
  say(`  memory, MB  ${number(run.most / 1e6)} at most; on its way ${run.memory.join(' ')}`);
}

/** Copies what an import wrote, table by table, into the other database; answers the seconds this took there. */
async function copyOf(importId, from, into) {
  const ofImport = {
    contact: `c WHERE EXISTS (SELECT 1 FROM source_record r WHERE r.contact_id = c.id AND r.import_id = '${importId}' AND r.verdict = 'created')`,
    identity: `c WHERE EXISTS (SELECT 1 FROM source_record r WHERE r.contact_id = c.contact_id AND r.import_id = '${importId}' AND r.verdict = 'created')`,
  };
  const parents = {
    owner: '',
    event: '',
    import: `c WHERE id = '${importId}'`,
    import_file: `c WHERE import_id = '${importId}'`,
  };
  for (const [table, where] of Object.entries(parents)) {
    const { rows } = await from.query(`SELECT c.id, row_to_json(c) AS whole FROM "${table}" ${where || 'c'}`);
    for (const { whole } of rows) {
      await into.query(
        `INSERT INTO "${table}" SELECT * FROM jsonb_populate_record(NULL::"${table}", $1) ON CONFLICT DO NOTHING`,
        [whole],
      );
    }
  }
  let seconds = 0;
  for (const table of TABLES) {
    const file = join(folder, table);
    const where = ofImport[table] ?? `c WHERE import_id = '${importId}'`;
    const sql = `COPY (SELECT * FROM "${table}" ${where} ORDER BY id) TO STDOUT`;
    await pipeline(from.query(copyStreams.to(sql)), createWriteStream(file));
    if ((await stat(file)).size === 0) continue;
    const begun = performance.now();
    const stream = into.query(copyStreams.from(`COPY "${table}" FROM STDIN`));
    await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), stream);
    const took = (performance.now() - begun) / 1000;
    seconds += took;
    if (process.env.VERBOSE) say(`    ${table} ${took.toFixed(1)} s`);
  }
  return seconds;
}

async function flatTable(into) {
  await into.query(
    `CREATE TABLE flat (name text, email text, company text, title text, city text, linkedin text);
     CREATE UNIQUE INDEX ON flat (lower(email))`,
  );
  const lines = function* () {
    for (let n = 0; n < ROWS; n += 1) {
      const { given, family, email, company, title, city, slug } = person(n);
      yield `${given} ${family}\t${email}\t${company}\t${title}\t${city}\t${slug}\n`;
    }
  };
  const begun = performance.now();
  await pipeline(Readable.from(pieces(lines())), into.query(copyStreams.from('COPY flat FROM STDIN')));
  return ROWS / ((performance.now() - begun) / 1000);
}

function person(n) {
  const given = GIVEN[n % GIVEN.length];
  const family = `${FAMILY[Math.floor(n / GIVEN.length) % FAMILY.length]}${letters(n)}`;
  const company = `${FAMILY[(n * 7) % FAMILY.length]} ${TRADE[n % TRADE.length]} ${letters(n % 5_000)}`;
  const domain = `${company.toLowerCase().replaceAll(' ', '-')}.example.com`;
  return {
    given,
    family,
    company,
    title: TITLE[n % TITLE.length],
    city: CITY[n % CITY.length],
    email: `${given}.${family}.${n}@${domain}`.toLowerCase(),
    slug: `${given}-${family}-${n.toString(36)}`.toLowerCase(),
  };
}

function* scans(from, again) {
  yield* pieces(
    (function* () {
      yield 'First Name,Last Name,Email,Company,Job Title,City,LinkedIn,Scan Time,Scanner\n';
      for (let n = from; n < from + ROWS; n += 1) {
        const { given, family, email, company, title, city, slug } = person(n);
        const at = `2026-11-${18 + ((n + (again ? 1 : 0)) % 3)} ${String(9 + (n % 8)).padStart(2, '0')}:1${n % 10}`;
        yield `${given},${family},${email},${company},${title},${city},https://www.linkedin.com/in/${slug},${at},Booth ${n % 4}${again ? 'b' : ''}\n`;
      }
    })(),
  );
}

function* pieces(lines) {
  let piece = '';
  for (const line of lines) {
    piece += line;
    if (piece.length < 65_536) continue;
    yield Buffer.from(piece);
    piece = '';
  }
  yield Buffer.from(piece);
}

/** Seven letters or so that differ for each number. */
function letters(n) {
  let text = '';
  for (let rest = n + 1; rest > 0; rest = Math.floor(rest / 26))
    text += String.fromCharCode(97 + (rest % 26));
  return text;
}

async function client(name) {
  const one = new pg.Client({ connectionString: server.url(name) });
  await one.connect();
  clients.push(one);
  return one;
}

function number(value) {
  return Math.round(value).toLocaleString('en');
}

function say(text) {
  console.log(text);
}
