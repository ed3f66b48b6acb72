import { Injectable } from '@nestjs/common';
import type { INestApplicationContext } from '@nestjs/common';
import type { Desk } from './desk.js';
import type { OpenServices } from './services.js';

/** Opens the services when a command needs them, so that `--help` and a slip of the pen cost no database. */
@Injectable()
export class Shell {
  /** Ctrl-C: the database is left under a command that still works, and what it complains of then is no news. */
  get interrupted(): boolean {
    return this.interruption.signal.aborted;
  }
  private readonly interruption = new AbortController();
  /** Work that must come to its end, whole or taken back, before the process goes. */
  private readonly held = new Set<Promise<unknown>>();
  private opening: Promise<OpenServices> | null = null;

  get signal(): AbortSignal {
    return this.interruption.signal;
  }

  /** Ctrl-C. What is held is told and waited for; then the database is left. */
  async interrupt(): Promise<void> {
    this.interruption.abort();
    await Promise.allSettled(this.held);
    await this.close();
  }

  /** For work that heeds `signal` and has something to clear away. */
  async hold<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const held = work(this.signal);
    this.held.add(held);
    try {
      return await held;
    } finally {
      this.held.delete(held);
    }
  }

  async services(): Promise<INestApplicationContext> {
    return (await this.open()).nest;
  }

  /** @param wanted id or e-mail address; undefined: the only owner there is */
  async desk(wanted: string | undefined): Promise<Desk> {
    return (await this.open()).desk(wanted);
  }

  /** Leaves the database; the last one to leave the embedded server stops it. */
  async close(): Promise<void> {
    const opening = this.opening;
    this.opening = null;
    const opened = await opening?.catch(() => null);
    await opened?.close();
  }

  private open(): Promise<OpenServices> {
    this.opening ??= import('./services.js').then(({ openServices }) => openServices());
    return this.opening;
  }
}
