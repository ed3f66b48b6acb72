import type { Type } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { OwnerAnswer } from '../accounts/accounts.schemas.js';
import type { Alarm } from '../inbox/alarms.js';

/** What a command works with: the services of the house, and the owner it acts for. */
export interface Desk {
  ownerId: string;
  owner: OwnerAnswer;
  /** The owner's IANA zone: in which instants are shown. */
  zone: string;
  db: DataSource;
  now(): Date;
  get<T>(type: Type<T>): T;
  /** What the owner should hear of whatever they came for. */
  alarms(): Promise<Alarm[]>;
  /** Says in one line that nothing moves until the service runs; silent when it does. */
  remind(what: string): Promise<void>;
}
