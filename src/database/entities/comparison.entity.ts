import { Column, Entity, Index } from 'typeorm';
import { Instant, OwnedRow, Text } from '../columns.js';

/** How the comparing of an owner's people goes; one row an owner, from the first word about it on. Register of imports. */
@Entity('comparison')
@Index('comparison_owner_key', ['ownerId'], { unique: true })
@Index('comparison_wanted_idx', ['ownerId'], { where: 'wanted_at IS NOT NULL' })
export class Comparison extends OwnedRow {
  /** Since when everybody is to be compared with everybody: the matcher's turn. */
  @Instant({ nullable: true })
  wantedAt!: Date | null;

  /** When everybody was last compared with everybody, and what came of it. */
  @Instant({ nullable: true })
  finishedAt!: Date | null;

  @Column({ type: 'integer', nullable: true })
  people!: number | null;

  @Column({ type: 'integer', nullable: true })
  merged!: number | null;

  @Column({ type: 'integer', nullable: true })
  proposed!: number | null;

  /** How often in a row it failed. */
  @Column({ type: 'integer', default: 0 })
  failures!: number;

  /** Why it failed last, for the owner. */
  @Text({ nullable: true })
  why!: string | null;

  /** After a failure: not tried before, on the database's clock. */
  @Instant({ nullable: true })
  nextAt!: Date | null;
}
