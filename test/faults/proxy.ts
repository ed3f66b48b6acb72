import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** One loopback proxy before Postgres, Redis or a mail server, that breaks what passes through it. */
export interface FaultProxy {
  port: number;
  /** `of` with this proxy in place of its host and port. */
  url(of: string): string;
  /** Frozen: nothing passes in either direction, nothing is closed, new connections get no answer. */
  stall(): void;
  /** What is answered comes at so many bytes a second, one at a time. */
  slow(bytesPerSecond: number): void;
  /** Open connections are reset; new ones are taken. */
  cut(): void;
  /** Gone: open connections are reset, new ones refused. */
  refuse(): Promise<void>;
  /**
   * Once, at the next piece sent to the target that has `what` in it: `before` it passes, or `after`, when it has passed and
   * its answer has not. Both are awaited; the other connections go on meanwhile.
   */
  on(what: RegExp, act: { before?: () => unknown; after?: () => unknown }): void;
  /** As if nothing had been. What was held back while stalled goes on. */
  heal(): Promise<void>;
  close(): Promise<void>;
}

/** What all directions of one proxy obey. */
interface Weather {
  stalled: boolean;
  bytesPerSecond: number | null;
  changed: () => void;
  /** The next piece that has it in it. */
  awaited: Awaited | null;
}

interface Awaited {
  what: RegExp;
  before?: () => unknown;
  after?: () => unknown;
}

/** One connection: what its next answer waits for. */
interface Answering {
  held: Promise<unknown> | undefined;
}

/** @param target a port of this machine */
export async function startFaultProxy(target: number): Promise<FaultProxy> {
  const sockets = new Set<Socket>();
  const waiting: (() => void)[] = [];
  const weather: Weather = {
    stalled: false,
    bytesPerSecond: null,
    awaited: null,
    changed: () => waiting.splice(0).forEach((wake) => wake()),
  };
  const fair = (): Promise<void> | undefined =>
    weather.stalled ? new Promise((resolve) => waiting.push(resolve)) : undefined;

  let server: Server | null = null;
  const open = (port: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server = createServer((near) => {
        const far = connect(target, '127.0.0.1');
        for (const socket of [near, far]) {
          sockets.add(socket);
          socket.setNoDelay(true);
          socket.on('error', () => undefined);
          socket.on('close', () => sockets.delete(socket));
        }
        const answering: Answering = { held: undefined };
        carry(near, far, weather, fair, (chunk, write) => ask(chunk, weather, answering, write));
        carry(
          far,
          near,
          weather,
          fair,
          async (_, write) => {
            await answering.held;
            return write();
          },
          true,
        );
      });
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
  await open(0);
  const { port } = server!.address() as AddressInfo;
  const cut = (): void => sockets.forEach((socket) => socket.resetAndDestroy());
  const shut = (): Promise<void> =>
    new Promise((resolve) => {
      if (server === null) return resolve();
      server.close(() => resolve());
      server = null;
      cut();
    });
  return {
    port,
    url: (of) => {
      const url = new URL(of);
      url.hostname = '127.0.0.1';
      url.port = String(port);
      return url.href;
    },
    stall: () => void (weather.stalled = true),
    slow: (bytesPerSecond) => void (weather.bytesPerSecond = bytesPerSecond),
    cut,
    refuse: shut,
    on: (what, act) => void (weather.awaited = { what, ...act }),
    heal: async () => {
      weather.stalled = false;
      weather.bytesPerSecond = null;
      weather.awaited = null;
      weather.changed();
      if (server === null) await open(port);
    },
    close: async () => {
      await shut();
      weather.stalled = false;
      weather.changed();
    },
  };
}

/** A piece for the target, and whether it is the one that is waited for. */
async function ask(
  chunk: Buffer,
  weather: Weather,
  answering: Answering,
  write: () => Promise<void>,
): Promise<void> {
  const { awaited } = weather;
  if (!awaited?.what.test(chunk.toString('latin1'))) return write();
  weather.awaited = null;
  await awaited.before?.();
  let release: () => void = () => undefined;
  if (awaited.after) answering.held = new Promise<void>((resolve) => (release = resolve));
  await write();
  // Not awaited here: what is sent meanwhile passes.
  if (awaited.after) void Promise.resolve(awaited.after()).finally(release);
}

/** One direction. Its end is passed on after its bytes, as a network would; a reset at once. */
function carry(
  from: Socket,
  to: Socket,
  weather: Weather,
  fair: () => Promise<void> | undefined,
  heed: (chunk: Buffer, write: () => Promise<void>) => Promise<void>,
  slowly = false,
): void {
  let line: Promise<void> = Promise.resolve();
  const pass = (chunk: Buffer): Promise<void> => heed(chunk, () => written(chunk));
  const written = async (chunk: Buffer): Promise<void> => {
    let rest = chunk;
    while (rest.length > 0 && !to.destroyed) {
      await fair();
      const bytesPerSecond = slowly ? weather.bytesPerSecond : null;
      const part = bytesPerSecond === null ? rest : rest.subarray(0, 1);
      rest = rest.subarray(part.length);
      if (!to.write(part)) await drained(to);
      if (bytesPerSecond !== null) await pause(1000 / bytesPerSecond);
    }
  };
  from.on('data', (chunk: Buffer) => {
    from.pause();
    line = line.then(() => pass(chunk)).then(() => void from.resume());
  });
  from.on('end', () => void line.then(fair).then(() => to.end()));
  from.on(
    'close',
    (broken) => void line.then(fair).then(() => (broken ? to.resetAndDestroy() : to.destroy())),
  );
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.once('drain', resolve);
    socket.once('close', () => resolve());
  });
}
