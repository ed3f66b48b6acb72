import { Injectable, type Type } from '@nestjs/common';
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { OwnerAnswer } from '../accounts/accounts.schemas.js';
import { OwnersService } from '../accounts/owners.service.js';
import { Clock } from '../clock.js';
import { chooseOwner } from '../database/choose-owner.js';
import { Failed, NothingFound, WrongUsage } from './exit.js';
import { openServices, type OpenServices } from './services.js';
import { say } from './terminal.js';

/** What a command works with: the services of the house, and the owner it acts for. */
export interface Desk {
  ownerId: string;
  owner: OwnerAnswer;
  /** The owner's IANA zone: in which instants are shown. */
  zone: string;
  db: DataSource;
  now(): Date;
  get<T>(type: Type<T>): T;
  /** Says in one line that nothing moves until the service runs; silent when it does. */
  remind(what: string): Promise<void>;
}

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
    const services = await this.open();
    const { nest } = services;
    const db = nest.get(DataSource);
    const chosen = await chooseOwner(db, wanted ?? null);
    if (chosen.kind !== 'owner') throw noOwner(chosen.kind, chosen.message);
    const owner = await nest.get(OwnersService).get(chosen.ownerId);
    return {
      ownerId: owner.id,
      owner,
      zone: owner.zone,
      db,
      now: () => nest.get(Clock).now(),
      get: (type) => nest.get(type),
      remind: async (what) => {
        if (!(await services.serviceRuns())) say(`${what} when the service runs: npm start`);
      },
    };
  }

  /** Leaves the database; the last one to leave the embedded server stops it. */
  async close(): Promise<void> {
    const opening = this.opening;
    this.opening = null;
    const opened = await opening?.catch(() => null);
    await opened?.close();
  }

  private open(): Promise<OpenServices> {
    this.opening ??= openServices();
    return this.opening;
  }
}

function noOwner(kind: 'none' | 'several' | 'unknown', message: string): Error {
  if (kind === 'unknown') return new NothingFound(message);
  if (kind === 'several') {
    return new WrongUsage('There are several owners: name one with --owner <e-mail or id>.');
  }
  return new Failed(
    'There is no owner yet. Add yourself: followthrough owner add --name … --email … --zone …',
  );
}
