/**
 * The fault table, counted at the receiving servers and in the database:
 *
 *   node test/faults/run.mjs [--rounds N] [regex of the rows, as Jest's -t]
 *
 * Prints what each row came to and the sums; ends with 1 unless every row passed with 0 duplicates and 0 unaccounted. A row
 * that failed before its count is named as failed, never counted as none. Ctrl-C ends everything that was started here.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  options: { rounds: { type: 'string', default: '1' } },
  allowPositionals: true,
});
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1 || positionals.length > 1) {
  process.stderr.write('usage: node test/faults/run.mjs [--rounds N] [rows]\n');
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'followthrough-faults-'));
const tally = join(folder, 'tally');
const report = join(folder, 'report.json');
const begun = performance.now();
const args = [
  '--disable-warning=ExperimentalWarning',
  '--experimental-vm-modules',
  'node_modules/jest/bin/jest.js',
  '--selectProjects=integration',
  '--testPathPatterns=integration/faults-',
  '--json',
  `--outputFile=${report}`,
  ...(positionals.length > 0 ? ['-t', positionals[0]] : []),
];
// A group of its own: whatever it starts, frozen processes too, can be ended with it.
const jest = spawn(process.execPath, args, {
  stdio: 'inherit',
  detached: true,
  env: { ...process.env, FAULT_ROUNDS: String(rounds), FAULT_TALLY: tally },
});
const ended = new Promise((resolve) => jest.once('exit', (status) => resolve(status ?? 1)));
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (!interrupted) process.kill(-jest.pid, 'SIGKILL');
    interrupted = true;
  });
}
const code = await ended;
if (interrupted) {
  await stopPostgres();
  rmSync(folder, { recursive: true, force: true });
  process.stderr.write('\nended before its time: nothing is shown by it\n');
  process.exit(130);
}

/** The test's own server outlives a kill: it has a session of its own (test/setup.ts). */
async function stopPostgres() {
  for (const home of [tmpdir(), '/dev/shm']) {
    if (!existsSync(home)) continue;
    for (const name of readdirSync(home).filter((one) => one.startsWith(`followthrough-test-${jest.pid}-`))) {
      const lock = join(home, name, 'postgres', 'postmaster.pid');
      const pid = existsSync(lock) ? Number.parseInt(readFileSync(lock, 'utf8'), 10) : NaN;
      // SIGQUIT: at once; there is nothing in it to be kept.
      if (pid > 0) process.kill(pid, 'SIGQUIT');
      for (let n = 0; n < 100 && existsSync(lock); n += 1) await pause(50);
      rmSync(join(home, name), { recursive: true, force: true });
    }
  }
}

let lines = [];
try {
  lines = readFileSync(tally, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
} catch {
  process.stderr.write('no row came to its count\n');
}
const rowsOf = (status) => results.filter((row) => row.status === status).map(({ fullName }) => fullName);
let results = [];
try {
  results = JSON.parse(readFileSync(report, 'utf8')).testResults.flatMap((suite) => suite.assertionResults);
} catch {
  process.stderr.write('Jest left no report\n');
}
rmSync(folder, { recursive: true, force: true });

const columns = [
  'messages',
  'received',
  'sent',
  'waiting',
  'failed',
  'cancelled',
  'unknown',
  'duplicates',
  'unaccounted',
];
const sums = Object.fromEntries(columns.map((column) => [column, 0]));
const byRow = new Map();
for (const line of lines) {
  const row = byRow.get(line.row) ?? Object.fromEntries(columns.map((column) => [column, 0]));
  for (const column of columns) {
    row[column] += line[column];
    sums[column] += line[column];
  }
  byRow.set(line.row, row);
}
const WIDTH = 110;
const width = Math.min(WIDTH, Math.max(10, ...[...byRow.keys()].map((row) => row.length)));
const show = (name, row) =>
  `${(name.length > WIDTH ? `${name.slice(0, WIDTH - 1)}…` : name).padEnd(width)} ${columns.map((column) => String(row[column]).padStart(column.length)).join(' ')}\n`;
process.stdout.write(`\n${'row'.padEnd(width)} ${columns.join(' ')}\n`);
for (const [name, row] of byRow) process.stdout.write(show(name, row));
process.stdout.write(show('all', sums));
const seconds = Math.round((performance.now() - begun) / 1000);
const failed = rowsOf('failed');
const skipped = rowsOf('pending').length;
for (const name of failed) process.stdout.write(`failed: ${name}\n`);
process.stdout.write(
  `${byRow.size} rows, ${rounds} ${rounds === 1 ? 'round' : 'rounds'}, ${seconds} s: ` +
    `${sums.duplicates} duplicates, ${sums.unaccounted} unaccounted, ${rowsOf('passed').length} passed, ` +
    `${failed.length} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`,
);
process.exit(code === 0 && lines.length > 0 && sums.duplicates + sums.unaccounted === 0 ? 0 : 1);
