import 'reflect-metadata';
import type { Server } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { INestApplicationContext, NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { AppModule, type AppParts } from './app.module.js';
import { type Booted, bootParts, foreseen, StartRefused } from './boot.js';
import { type Config, startedByNpm } from './config.js';
import { chooseOwner } from './database/choose-owner.js';
import { row } from './database/rows.js';
import { HealthService } from './health/health.service.js';
import { operationsServer } from './health/operations.server.js';
import { createWebApp } from './http/web-app.js';

/** Mail in flight gets this long to come to its end, in ms. */
const GRACE = 30_000;

/** How often we look whether the shell that npm put above us still lives, in ms. */
const ORPHAN_LOOK = 500;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`followthrough: ${line}\n`);

/** Runs the service until it is asked to end; gives the exit code. */
async function main(): Promise<number> {
  const { ended, end } = ending();
  let booted: Booted | null = null;
  let app: INestApplicationContext | null = null;
  try {
    booted = await bootParts({
      service: true,
      say,
      onLost: () => {
        complain('another Followthrough took over this data while the database was away; ending.');
        end(1);
      },
    });
    app = await open(booted);
    return await ended;
  } catch (error) {
    const line = foreseen(error);
    complain(line ?? (error instanceof Error ? (error.stack ?? error.message) : String(error)));
    return 1;
  } finally {
    await close(app, booted);
  }
}

/** Ctrl-C and SIGTERM ask to end; asked a second time we end at once, and leave the rest to the next start. */
function ending(): { ended: Promise<number>; end: (code: number) => void } {
  let end: (code: number) => void = () => undefined;
  const ended = new Promise<number>((resolve) => (end = resolve));
  let asked = false;
  const stop = (): void => {
    if (asked) process.exit(1);
    asked = true;
    say('Stopping: mail in flight is finished first. Once more stops at once.');
    end(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  if (startedByNpm()) whenOrphaned(() => asked || stop());
  return { ended, end };
}

/**
 * `kill <npm start>` reaches npm and the shell between us, which both end without a word to us. We would run on unseen,
 * and the next start would find its place taken.
 */
function whenOrphaned(then: () => void): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    then();
  }, ORPHAN_LOOK);
  watch.unref();
}

async function open(booted: Booted): Promise<INestApplicationContext> {
  const { parts } = booted;
  const { config, log } = parts;
  const module = AppModule.of(parts);
  if (!config.ROLES.includes('web')) {
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest's options are a class in name only
    const options: NestApplicationOptions = { logger: log, abortOnError: false };
    if (config.WORKER_PORT !== undefined) await tryPort(config.HOST, config.WORKER_PORT, 'WORKER_PORT');
    const app = await NestFactory.createApplicationContext(module, options);
    const where = config.WORKER_PORT === undefined ? '' : await operations(app, config, config.WORKER_PORT);
    say(`Followthrough works as ${config.ROLES.join(' and ')}, without an API${where}.`);
    return app;
  }
  // Before any worker starts: nothing should be under way when the port turns out to be taken.
  await tryPort(config.HOST, config.PORT);
  const app = await createWebApp(module, log);
  try {
    await app.listen(config.PORT, config.HOST);
  } catch (error) {
    await app.close();
    throw portTrouble(error, config.HOST, config.PORT);
  }
  const address = addressOf(app.getHttpServer(), config.HOST);
  await booted.announce(address);
  await greet(app, parts, address);
  return app;
}

/** Health and metrics of a process that has no API. It ends with the process. */
async function operations(app: INestApplicationContext, config: Config, wanted: number): Promise<string> {
  const server = operationsServer(app.get(HealthService, { strict: false }), config.apiToken);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(error));
    server.listen(wanted, config.HOST, resolve);
  }).catch(async (error: unknown) => {
    await app.close();
    throw portTrouble(error, config.HOST, wanted, 'WORKER_PORT');
  });
  return `; health and metrics are on ${addressOf(server, config.HOST)}`;
}

function addressOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

async function greet(app: INestApplicationContext, { config }: AppParts, address: string): Promise<void> {
  say(`Followthrough listens on ${address} (description of the API: ${address}/docs).`);
  say(`The bearer token is ${config.API_TOKEN ? 'API_TOKEN' : `in ${join(config.dataDir, 'api-token')}`}.`);
  const db = app.get(DataSource);
  const chosen = await chooseOwner(db, null);
  if (chosen.kind === 'none') say(chosen.message);
  if (!(await row(db, `SELECT 1 FROM mailbox WHERE kind = 'smtp' LIMIT 1`))) {
    say(`Mail goes to the sandbox (${join(config.dataDir, 'sandbox')}) until a mailbox is added.`);
  }
}

async function tryPort(host: string, port: number, setting = 'PORT'): Promise<void> {
  const probe = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once('error', reject);
      probe.listen(port, host, resolve);
    });
  } catch (error) {
    throw portTrouble(error, host, port, setting);
  }
  await new Promise((resolve) => probe.close(resolve));
}

function portTrouble(error: unknown, host: string, port: number, setting = 'PORT'): unknown {
  const lines: Record<string, string> = {
    EADDRINUSE: `Port ${port} on ${host} is in use: stop what uses it, or set ${setting} to another.`,
    EACCES: `Port ${port} may not be used by this user: set ${setting} to one above 1023.`,
    EADDRNOTAVAIL: `This machine has no address ${host}: correct HOST.`,
    ENOTFOUND: `The name ${host} is not known: correct HOST.`,
    EAI_AGAIN: `The name ${host} is not known: correct HOST.`,
  };
  const line = lines[(error as NodeJS.ErrnoException).code ?? ''];
  return line === undefined ? error : new StartRefused(line);
}

/** The application first, while its database is still there; the embedded server last. */
async function close(app: INestApplicationContext | null, booted: Booted | null): Promise<void> {
  const late = delay(GRACE, 'late' as const, { ref: false });
  try {
    const end = await Promise.race([app?.close() ?? Promise.resolve(), late]);
    if (end === 'late') complain('Some work did not end within 30 seconds; the next start looks after it.');
  } catch (error) {
    complain(`closing: ${String(error)}`);
  }
  await booted?.leave().catch((error: unknown) => complain(`leaving the database: ${String(error)}`));
}

process.exit(await main());
