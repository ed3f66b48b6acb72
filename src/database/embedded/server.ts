import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Binaries, findBinaries } from './binaries.js';
import { createCluster, dataFolderState, startCluster, stopCluster, SUPERUSER } from './cluster.js';
import { giveUpLease, type Lease, tryLease } from './lease.js';
import { makePassword, readPassword } from './password.js';
import { preparePlace, realDataDir } from './place.js';
import { runningPostmaster } from './postmaster.js';
import { tryStartLock } from './start-lock.js';
import { DatabaseUnavailable, explainFileTrouble } from './unavailable.js';

/** Longer than any start; crash recovery of a large database is the slowest thing waited for. */
const PATIENCE_MS = 6 * 60_000;

export interface EmbeddedServer {
  /** `postgres://user:password@127.0.0.1:port/database`; the database need not exist yet. */
  url(database: string): string;
  port: number;
  /** The real folder of the files. */
  dataDir: string;
  /** What the owner should be told at the start, one sentence each; often empty. */
  notices: string[];
  /** Ends our use; the last one to leave stops the server. May be called more than once. */
  leave(): Promise<void>;
}

/**
 * Joins the PostgreSQL server of this data folder, starting it (and making the folder) when none runs. Any number
 * of processes may do so at once; the server outlives Ctrl-C and `kill -9` of each, and stops with the last that
 * leaves. `durable: false` is for data that may be lost: no fsync. It is the starter's choice; who joins takes
 * what is there. Throws DatabaseUnavailable, with one clear line, for everything foreseen.
 */
export async function enterEmbeddedServer(options: {
  dataDir: string;
  durable?: boolean;
}): Promise<EmbeddedServer> {
  const asked = resolve(options.dataDir);
  try {
    const binaries = await findBinaries();
    const entrance = new Entrance(asked, binaries, options.durable ?? true);
    return new Membership(entrance, await entrance.enter({ mayCreate: true }));
  } catch (error) {
    throw explainFileTrouble(error, asked);
  }
}

/** The way in: joins a running server, else starts one, as often as others' comings and goings make it needed. */
class Entrance {
  readonly notices = new Set<string>();
  password = '';
  dataDir = '';
  /** Set when nobody waits at the door any more. */
  abandoned = false;

  constructor(
    private readonly asked: string,
    private readonly binaries: Binaries,
    private readonly durable: boolean,
  ) {}

  async enter({ mayCreate }: { mayCreate: boolean }): Promise<Lease> {
    const deadline = Date.now() + PATIENCE_MS;
    let waitingFor = '';
    while (Date.now() < deadline && !this.abandoned) {
      const { dataDir, notices } = await realDataDir(this.asked);
      for (const notice of notices) this.notices.add(notice);
      this.dataDir = dataDir;
      const state = await dataFolderState(dataDir, this.binaries.major);
      if (state === 'filled') {
        const password = await readPassword(this.passwordFile);
        if (password === undefined) {
          throw new DatabaseUnavailable(
            `The database's password file ${this.passwordFile} is missing: bring it back, it belongs to ${dataDir}.`,
          );
        }
        this.password = password;
        const attempt = await tryLease(dataDir, password);
        if (attempt.kind === 'held') return attempt.lease;
        waitingFor = attempt.kind === 'busy' ? attempt.why : 'another process is starting it';
        if (attempt.kind === 'absent' && (await this.start(mayCreate))) continue;
      } else if (!mayCreate) {
        throw new FolderGone(`The embedded database in ${dataDir} is gone.`);
      } else {
        waitingFor = 'another process is making it';
        if (await this.start(mayCreate)) continue;
      }
      await delay(20 + Math.random() * 30);
    }
    throw new DatabaseUnavailable(
      `The embedded database in ${this.dataDir} did not become ready (${waitingFor}): see server.log there; if no other Followthrough runs, remove ${this.asked}.lock and start again.`,
    );
  }

  /** Joins only if a server stands ready at this moment. */
  async tryOnce(): Promise<Lease | undefined> {
    const attempt = await tryLease(this.dataDir, this.password).catch(() => undefined);
    return attempt?.kind === 'held' ? attempt.lease : undefined;
  }

  /** The last one's duty. */
  async stop(): Promise<void> {
    await stopCluster(await preparePlace(this.asked, this.binaries));
  }

  private get passwordFile(): string {
    return `${this.asked}.password`;
  }

  /** False when another process is at it. */
  private async start(mayCreate: boolean): Promise<boolean> {
    if (mayCreate) await mkdir(dirname(this.asked), { recursive: true });
    const release = await tryStartLock(`${this.asked}.lock`);
    if (!release) return false;
    try {
      const place = await preparePlace(this.asked, this.binaries);
      for (const notice of place.notices) this.notices.add(notice);
      const state = await dataFolderState(place.dataDir, this.binaries.major);
      if (state === 'empty') {
        if (!mayCreate) return true;
        const password = (await readPassword(this.passwordFile)) ?? (await makePassword(this.passwordFile));
        await createCluster(place, password, this.durable);
      }
      if (!(await runningPostmaster(place.dataDir))) await startCluster(place, this.durable);
    } finally {
      await release();
    }
    return true;
  }
}

/** One process's use of the server; comes back in when the connection that stands for it is lost. */
class Membership implements EmbeddedServer {
  readonly dataDir: string;
  readonly notices: string[];
  /** Follows the server should a restart find its old port taken. */
  port: number;
  private lease: Lease | undefined;
  private returning: Promise<void> = Promise.resolve();
  private leaving: Promise<void> | undefined;

  constructor(
    private readonly entrance: Entrance,
    lease: Lease,
  ) {
    this.port = lease.port;
    this.dataDir = entrance.dataDir;
    this.notices = [...entrance.notices];
    this.hold(lease);
  }

  url(database: string): string {
    const { password } = this.entrance;
    return `postgres://${SUPERUSER}:${password}@127.0.0.1:${this.port}/${encodeURIComponent(database)}`;
  }

  leave(): Promise<void> {
    this.leaving ??= this.leaveOnce();
    return this.leaving;
  }

  private hold(lease: Lease): void {
    this.lease = lease;
    this.port = lease.port;
    lease.client.once('end', () => {
      this.lease = undefined;
      if (!this.leaving) this.returning = this.comeBack();
    });
  }

  /**
   * Without the lease another process could stop the server under us, and a server that died (out of memory, or
   * stopped by a process that did not live to see it) is wanted again. It starts on its old port, so pools recover.
   */
  private async comeBack(): Promise<void> {
    while (!this.leaving) {
      try {
        this.hold(await this.entrance.enter({ mayCreate: false }));
        return;
      } catch (error) {
        if (error instanceof FolderGone) return;
        await delay(2_000, undefined, { ref: false });
      }
    }
  }

  private async leaveOnce(): Promise<void> {
    this.entrance.abandoned = true;
    await this.returning;
    const lease = this.lease ?? (await this.entrance.tryOnce());
    if (!lease) return;
    const last = await giveUpLease(lease).catch(() => false);
    try {
      if (last) await this.entrance.stop();
    } finally {
      await lease.client.end().catch(() => undefined);
    }
  }
}

class FolderGone extends DatabaseUnavailable {}
