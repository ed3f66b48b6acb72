import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DataSource } from 'typeorm';
import { foreseen } from '../boot.js';
import { OutcomesService } from '../outcomes/outcomes.service.js';
import { WhyService } from '../outcomes/why.service.js';
import { Ticker } from '../queue/ticker.js';
import { startDemoServer, type DemoServer } from './demo-server.js';
import { importSamples, importTable } from './import-samples.js';
import { Progress } from './progress.js';
import {
  letters,
  mailWithProvenance,
  ratesTable,
  remindedOf,
  threeMails,
  whyLine,
  withheldOnes,
  wrapped,
} from './report.js';
import { CLOSE, EVENT, OWNER, readSamples, START } from './samples.js';
import { debrief, setScene, type Scene } from './story.js';

const DAY = 86_400_000;
const say = (text: string): void => void process.stdout.write(`${text}\n`);

interface Options {
  exit: boolean;
  days: number;
  /** Folder of samples; those of the project where left out. */
  samples?: string;
  /** A file to write every mail to, as it arrived. */
  mails?: string;
}

async function demo({ exit, days, samples: from, mails }: Options, signal: AbortSignal): Promise<void> {
  const began = Date.now();
  const samples = await readSamples(from);
  let server: DemoServer | null = null;
  let scene: Scene | null = null;
  try {
    say(
      `${OWNER.name} comes home from ${EVENT.name}. A temporary database is made for her; ./data is not touched.`,
    );
    server = await startDemoServer(START);
    const { app, clock } = server;
    scene = await setScene(app, clock, samples);
    const address = await server.listen();

    say('\nWhat she brought home:');
    say(importTable(await importSamples(app, scene, samples.folder)));
    const { written, byHand, remember, notMet, undecided } = await debrief(app, scene, samples);
    say(
      `\nThe debrief: ${written} people to write to (${byHand} without an address, by hand), ${remember} to remember, ` +
        `${notMet} not met, ${undecided} left for another day.`,
    );

    say(`\n${days} days pass. Each morning she reads what waits for her, and says yes or no to each.`);
    await pass(server, scene, days, signal);
    await report(app, scene);
    if (mails !== undefined) await writeFile(mails, letters(scene.town.received));
    const seconds = ((Date.now() - began) / 1000).toFixed(0);
    say(`\nNothing has left this machine. All of it took ${seconds} seconds.`);
    if (exit) return;
    clock.release();
    app.get(Ticker).held = false;
    say(whereToLook(server, address));
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  } finally {
    await server?.close();
    await scene?.town.close();
  }
}

async function pass({ clock }: DemoServer, scene: Scene, days: number, signal: AbortSignal): Promise<void> {
  const progress = new Progress(process.stdout, START, days, OWNER.zone);
  const { town, cameIn, lapse } = scene;
  try {
    await lapse.run(new Date(START.getTime() + days * DAY), signal, () => {
      const answers = (cameIn.get('reply') ?? 0) + (cameIn.get('opt-out') ?? 0);
      progress.show(clock.now(), `${town.received.length} mails out, ${answers} answers in`);
    });
  } finally {
    progress.end();
  }
}

async function report(
  app: NestExpressApplication,
  { ownerId, town, cameIn, people, owner }: Scene,
): Promise<void> {
  const db = app.get(DataSource);
  say('\nThree of the mails as they went out, each paragraph with what it was written from:');
  for (const mail of await threeMails(db, ownerId, town.received)) say(`\n${mailWithProvenance(mail)}`);

  const withheld = await withheldOnes(db, ownerId);
  say('\nWithheld, and why:');
  for (const { names, kind, why } of withheld) {
    const more = names.length > 1 ? ` And so ${names.slice(1).join(', ')}.` : '';
    say(wrapped(`${names[0] ?? ''} (${kind}): ${why}.${more}`));
  }

  const came = [...cameIn].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, count]) => `${count} ${kind}`);
  say('\nAnd beside the conference:');
  const birthdays = await remindedOf(db, ownerId);
  say(
    wrapped(
      `Birthdays she was reminded of (${CLOSE} gets a mail of her own): ${birthdays.map(({ name, on }) => `${name} (${on})`).join(', ')}.`,
    ),
  );
  say(`\nShe said yes to ${owner.approved} drafts, each by itself. What came in: ${came.join(', ')}.`);
  say('\nWhat came of it:');
  const outcomes = app.get(OutcomesService);
  const rates = (by: 'step' | 'kind' | 'all') => outcomes.rates(ownerId, { by, minimum: 10 });
  const steps = await rates('step');
  const kinds = (await rates('kind')).map((item) => ({ ...item, group: `kind: ${item.group}` }));
  say(ratesTable([...steps, ...kinds, ...(await rates('all'))]));
  say('\nWhy anything happened to one person (followthrough why "Isabel Duarte"):');
  say(whyLine(await app.get(WhyService).why(ownerId, await people.find('Isabel Duarte'))));
}

function whereToLook({ apiToken, dataDir, databaseUrl }: DemoServer, address: string): string {
  return [
    '\nIt goes on at normal speed now, from that day. Look around:',
    `  API with its description   ${address}/docs`,
    `  token                      ${apiToken}`,
    `  for example                curl -H 'Authorization: Bearer ${apiToken}' ${address}/outcomes`,
    '  the command line, in another terminal:',
    `    export DATA_DIR='${dataDir}' DATABASE_URL='${databaseUrl}'`,
    '    npx followthrough rates',
    '    npx followthrough why "Isabel Duarte"',
    '\nCtrl-C ends it and removes everything.',
  ].join('\n');
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      exit: { type: 'boolean', default: false },
      days: { type: 'string', default: '45' },
      samples: { type: 'string' },
      mails: { type: 'string' },
    },
  });
  const days = Number(values.days);
  if (!Number.isInteger(days) || days < 1 || days > 365)
    throw new TypeError('--days: a number from 1 to 365');
  return { exit: values.exit, days, samples: values.samples, mails: values.mails };
}

/** Ctrl-C ends the demo in order; a second one at once. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return controller.signal;
}

async function main(): Promise<number> {
  const signal = interruption();
  try {
    await demo(readOptions(), signal);
    return 0;
  } catch (error) {
    if (signal.aborted) return 130;
    const known = foreseen(error) ?? (error instanceof TypeError ? error.message : null);
    process.stderr.write(
      `demo: ${known ?? (error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`,
    );
    return 1;
  }
}

process.exit(await main());
