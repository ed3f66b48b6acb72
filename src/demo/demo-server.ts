import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from '../app.module.js';
import { SteppedClock } from '../clock.js';
import { readConfig } from '../config.js';
import { ensureDatabase } from '../database/embedded/ensure-database.js';
import { enterTemporaryServer } from '../database/embedded/temporary.js';
import { migrate } from '../database/migrate.js';
import { createWebApp } from '../http/web-app.js';
import { Log } from '../log.js';
import { Ticker } from '../queue/ticker.js';

/** Names of the temporary folders; what a killed demo leaves behind is cleared away by the next. */
const PREFIX = 'followthrough-demo';
const DATABASE = 'followthrough';
const PORT = 3210;

export interface DemoServer {
  app: NestExpressApplication;
  clock: SteppedClock;
  databaseUrl: string;
  dataDir: string;
  apiToken: string;
  /** Opens the API on the usual port, or a free one where that is taken; answers the address. */
  listen(): Promise<string>;
  /** Stops all of it and removes the folders. Again does nothing. */
  close(): Promise<void>;
}

/** The whole service in a temporary database and folder of its own, never in ./data, its minute held. */
export async function startDemoServer(start: Date): Promise<DemoServer> {
  const server = await enterTemporaryServer(PREFIX);
  const dataDir = await mkdtemp(join(tmpdir(), `${PREFIX}-${process.pid}-`));
  let app: NestExpressApplication | null = null;
  let closing: Promise<void> | null = null;
  const close = (): Promise<void> => {
    closing ??= (async () => {
      await app?.close();
      await server.leave();
      await rm(dataDir, { recursive: true, force: true });
    })();
    return closing;
  };
  try {
    await ensureDatabase(server.url('postgres'), DATABASE);
    const databaseUrl = server.url(DATABASE);
    await migrate(databaseUrl);
    // One job at a time: what two rooms do at once must not depend on which is quicker.
    const config = readConfig({
      DATA_DIR: dataDir,
      DATABASE_URL: databaseUrl,
      LOG_LEVEL: 'error',
      WORKER_CONCURRENCY: '1',
    });
    const clock = new SteppedClock(start);
    const log = new Log(config.LOG_LEVEL);
    const opened = await createWebApp(AppModule.of({ config, databaseUrl, clock, log }), log);
    app = opened;
    opened.get(Ticker).held = true;
    return {
      app: opened,
      clock,
      databaseUrl,
      dataDir,
      apiToken: config.apiToken,
      listen: () => listen(opened),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function listen(app: NestExpressApplication): Promise<string> {
  await app.listen((await isFree(PORT)) ? PORT : 0, '127.0.0.1');
  const { port } = (app.getHttpServer() as { address(): AddressInfo }).address();
  return `http://127.0.0.1:${port}`;
}

/** Asked beforehand: Nest would log the refusal as an error of ours. */
function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
