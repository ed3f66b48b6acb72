import { type DynamicModule, Global, Module } from '@nestjs/common';
import { AccountsModule } from './accounts/accounts.module.js';
import { Clock } from './clock.js';
import { ComposingModule } from './composing/composing.module.js';
import { CONFIG, type Config } from './config.js';
import { ContactsModule } from './contacts/contacts.module.js';
import { DatabaseModule } from './database/database.module.js';
import { DeliveryModule } from './delivery/delivery.module.js';
import { EventsModule } from './events/events.module.js';
import { ImportsModule } from './imports/imports.module.js';
import { InboxModule } from './inbox/inbox.module.js';
import { HealthModule } from './health/health.module.js';
import { Log } from './log.js';
import { MemoryModule } from './memory/memory.module.js';
import { Metrics } from './metrics.js';
import { OutcomesModule } from './outcomes/outcomes.module.js';
import { MilestonesModule } from './milestones/milestones.module.js';
import { QueueModule } from './queue/queue.module.js';
import { SequencesModule } from './sequences/sequences.module.js';
import { WayOutModule } from './wayout/way-out.module.js';

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

const features: DynamicModule['imports'] & object = [
  AccountsModule,
  ContactsModule,
  DeliveryModule,
  EventsModule,
  HealthModule,
  ImportsModule,
  InboxModule,
  MemoryModule,
  OutcomesModule,
  SequencesModule,
  MilestonesModule,
  ComposingModule,
  WayOutModule,
];

@Module({})
export class AppModule {
  static of(parts: AppParts): DynamicModule {
    return {
      module: AppModule,
      imports: [FrameModule.with(parts), DatabaseModule.at(parts.databaseUrl), QueueModule, ...features],
    };
  }
}
