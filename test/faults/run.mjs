/**
 * The fault table, counted at the receiving servers and in the database:
 *
 *   node test/faults/run.mjs [--rounds N] [regex of the rows, as Jest's -t]
 *
 * Prints what each row came to and the sums; ends with 1 unless every row passed with 0 duplicates and 0 unaccounted.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
const begun = performance.now();
const args = [
  '--disable-warning=ExperimentalWarning',
  '--experimental-vm-modules',
  'node_modules/jest/bin/jest.js',
  '--selectProjects=integration',
  '--testPathPatterns=integration/faults-',
  ...(positionals.length > 0 ? ['-t', positionals[0]] : []),
];
const jest = spawn(process.execPath, args, {
  stdio: 'inherit',
  env: { ...process.env, FAULT_ROUNDS: String(rounds), FAULT_TALLY: tally },
});
const code = await new Promise((resolve) => jest.once('exit', (status) => resolve(status ?? 1)));

let lines = [];
try {
  lines = readFileSync(tally, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
} catch {
  process.stderr.write('no row came to its count\n');
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
process.stdout.write(
  `${byRow.size} rows, ${rounds} ${rounds === 1 ? 'round' : 'rounds'}, ${seconds} s: ` +
    `${sums.duplicates} duplicates, ${sums.unaccounted} unaccounted\n`,
);
process.exit(code === 0 && lines.length > 0 && sums.duplicates + sums.unaccounted === 0 ? 0 : 1);
