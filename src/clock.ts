/**
 * Domain time. Everything that decides about people, dates and mail asks this clock, so that tests and the
 * time-lapse can move it. Leases, locks and timeouts never do: they use the database's `clock_timestamp()`.
 */
export abstract class Clock {
  /** The present instant. */
  abstract now(): Date;
}

export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}

/** A clock that stands still until it is told otherwise; `release()` lets it run at normal speed from where it stands. */
export class SteppedClock extends Clock {
  private offset: number | null = null;

  constructor(private instant: Date) {
    super();
  }

  now(): Date {
    return this.offset === null ? this.instant : new Date(Date.now() + this.offset);
  }

  /** Moves forward or back to `instant`. */
  set(instant: Date): void {
    this.instant = instant;
  }

  release(): void {
    this.offset = this.instant.getTime() - Date.now();
  }
}
