import 'reflect-metadata';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { entities } from './entities.js';
import { migrations } from './migrations.js';
import { SnakeNaming } from './naming.js';

// A local date is text: made an instant, it would move with the server's zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

/** Connections of one process to the domain's tables. Budget over all pools: BullMQ holds some of its own. */
const POOL_SIZE = 12;

/** One data source per process; never `synchronize`. */
export function createDataSource(url: string, poolSize = POOL_SIZE): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    entities,
    migrations,
    migrationsTableName: 'migration',
    namingStrategy: new SnakeNaming(),
    synchronize: false,
    poolSize,
    applicationName: 'followthrough',
    extra: { connectionTimeoutMillis: 10_000 },
  });
}
