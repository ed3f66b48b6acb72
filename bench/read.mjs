/**
 * Reading a table, alone: bytes to people, without a database. `npm run build && node bench/read.mjs [ROWS]`
 * Prints rows per second of splitting, of the look-over, of the whole, and the memory at its highest.
 */
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { diskSource } from '../dist/files/disk-source.js';
import { readFile } from '../dist/files/read-file.js';
import { TableSplitter } from '../dist/files/table-splitter.js';

const count = Number(process.argv[2] ?? 1_000_000);
const folder = await mkdtemp(join(tmpdir(), 'followthrough-read-'));
const path = join(folder, 'Connections.csv');
let peak = 0;
const note = () => (peak = Math.max(peak, process.memoryUsage().rss));
const timed = async (what, rows, work) => {
  const from = performance.now();
  const cpu = process.cpuUsage();
  await work();
  const seconds = (performance.now() - from) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  const speed = Math.round(rows / seconds).toLocaleString('en');
  console.log(
    `${what.padEnd(10)} ${seconds.toFixed(2)} s, ${((user + system) / 1e6).toFixed(2)} s of CPU, ${speed} rows/s`,
  );
};

try {
  await write();
  const { size } = await stat(path);
  console.log(
    `${count.toLocaleString('en')} rows, ${Math.round(size / 1e6)} MB, every tenth with a quoted cell`,
  );
  await timed('splitting', count, split);
  let reading;
  await timed(
    'look-over',
    count,
    async () => (reading = await readFile(diskSource(path, 'Connections.csv', size))),
  );
  let people = 0;
  await timed('reading', count, async () => {
    for await (const batch of reading.batches()) {
      for (const row of batch) if (row.reading.kind === 'person') people += 1;
      note();
    }
  });
  console.log(`${people.toLocaleString('en')} people; memory at most ${Math.round(peak / 1e6)} MB`);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function split() {
  const splitter = new TableSplitter(',', { headerIndex: 0, width: 7 });
  const decoder = new StringDecoder('utf8');
  for await (const piece of createReadStream(path, { highWaterMark: 256 * 1024 })) {
    splitter.push(decoder.write(piece));
    note();
  }
  splitter.end();
}

async function write() {
  const out = createWriteStream(path);
  let text = 'First Name,Last Name,URL,Email Address,Company,Position,Connected On\n';
  for (let n = 0; n < count; n += 1) {
    const company = n % 10 === 0 ? `"Acme, Inc. ${n}"` : `Acme Holdings ${n}`;
    text += `Given${n},Famili\u00e9${n % 5_000},https://www.linkedin.com/in/given-${n},g${n}@mail.example.com,${company},Engineer ${n % 77},27 Mar 2026\n`;
    if (text.length < 1_000_000) continue;
    if (!out.write(text)) await once(out, 'drain');
    text = '';
  }
  out.end(text);
  await once(out, 'close');
}
