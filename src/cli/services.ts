import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import type { NestApplicationContextOptions } from '@nestjs/common/interfaces/nest-application-context-options.interface.js';
import { DataSource } from 'typeorm';
import { OwnersService } from '../accounts/owners.service.js';
import { AppModule } from '../app.module.js';
import { bootParts } from '../boot.js';
import { Clock } from '../clock.js';
import { chooseOwner } from '../database/choose-owner.js';
import { rows } from '../database/rows.js';
import { runningService } from '../database/service-lock.js';
import { InboxService } from '../inbox/inbox.service.js';
import { Log } from '../log.js';
import type { Desk } from './desk.js';
import { Failed, NothingFound, WrongUsage } from './exit.js';
import { say, tell } from './terminal.js';

export interface OpenServices {
  nest: INestApplicationContext;
  /** @param wanted id or e-mail address; undefined: the only owner there is */
  desk(wanted: string | undefined): Promise<Desk>;
  close(): Promise<void>;
}

/**
 * The same services as the API's, in a process that plays no role: it neither listens nor works nor ticks, and stands
 * beside a running service or alone.
 */
export async function openServices(): Promise<OpenServices> {
  const booted = await bootParts({ service: false, say: tell });
  const { parts } = booted;
  // A service tells what it does; a command says that itself, and only trouble is worth a log line.
  const level = parts.config.LOG_LEVEL === 'info' ? 'warn' : parts.config.LOG_LEVEL;
  const log = new Log(level);
  try {
    const module = AppModule.of({ ...parts, log, config: { ...parts.config, ROLES: [] } });
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest's options are a class in name only
    const options: NestApplicationContextOptions = { logger: log, abortOnError: false };
    const nest = await NestFactory.createApplicationContext(module, options);
    return {
      nest,
      desk: (wanted) => deskOf(nest, wanted, parts.databaseUrl),
      close: async () => {
        await nest.close();
        await booted.leave();
      },
    };
  } catch (error) {
    await booted.leave();
    throw error;
  }
}

async function deskOf(
  nest: INestApplicationContext,
  wanted: string | undefined,
  databaseUrl: string,
): Promise<Desk> {
  const db = nest.get(DataSource);
  const chosen = await chooseOwner(db, await wholeOwner(db, wanted ?? ''));
  if (chosen.kind !== 'owner') throw noOwner(chosen.kind, chosen.message);
  const owner = await nest.get(OwnersService).get(chosen.ownerId);
  return {
    ownerId: owner.id,
    owner,
    zone: owner.zone,
    db,
    now: () => nest.get(Clock).now(),
    get: (type) => nest.get(type),
    alarms: () => nest.get(InboxService).alarms(owner.id),
    remind: async (what) => {
      // Where a service runs, it does what is left to do.
      if ((await runningService(databaseUrl)) === null) say(`${what} when the service runs: npm start`);
    },
  };
}

/** An owner is named by the end of an id as well, as everything is. */
async function wholeOwner(db: DataSource, wanted: string): Promise<string> {
  if (!/^[0-9a-f-]{6,36}$/i.test(wanted)) return wanted;
  const found = await rows<{ id: string }>(db, 'SELECT id FROM owner WHERE right(id::text, length($1)) = $1', [wanted.toLowerCase()]); // prettier-ignore
  const [only, another] = found;
  return only && !another ? only.id : wanted;
}

function noOwner(kind: 'none' | 'several' | 'unknown', message: string): Error {
  if (kind === 'unknown') return new NothingFound(message);
  if (kind === 'several') {
    return new WrongUsage(
      'There are several owners: name one with --owner <e-mail or id>, from followthrough owner list.',
    );
  }
  return new Failed(
    'There is no owner yet. Add yourself: followthrough owner add --name … --email … --zone …',
  );
}
