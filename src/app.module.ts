import { type DynamicModule, Global, Module } from '@nestjs/common';
import { AccountsModule } from './accounts/accounts.module.js';
import { Clock } from './clock.js';
import { CONFIG, type Config } from './config.js';
import { DatabaseModule } from './database/database.module.js';
import { Log } from './log.js';
import { Metrics } from './metrics.js';
import { QueueModule } from './queue/queue.module.js';

/** What a process of Followthrough is made of: the frame, then the features. */
export interface AppParts {
  config: Config;
  databaseUrl: string;
  clock: Clock;
  log: Log;
}

@Global()
@Module({})
class FrameModule {
  static with({ config, clock, log }: AppParts): DynamicModule {
    return {
      module: FrameModule,
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: Clock, useValue: clock },
        { provide: Log, useValue: log },
        { provide: Metrics, useValue: new Metrics() },
      ],
      exports: [CONFIG, Clock, Log, Metrics],
    };
  }
}

const features: DynamicModule['imports'] & object = [AccountsModule];

@Module({})
export class AppModule {
  static of(parts: AppParts): DynamicModule {
    return {
      module: AppModule,
      imports: [FrameModule.with(parts), DatabaseModule.at(parts.databaseUrl), QueueModule, ...features],
    };
  }
}
