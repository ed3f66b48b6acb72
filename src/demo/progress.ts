import { daysBetween, localDate } from '../core/schedule.js';

const WIDTH = 30;

/** Shows the days passing: a bar that stays on its line where somebody watches, a line a week where nobody does. */
export class Progress {
  private day = -1;

  constructor(
    private readonly out: NodeJS.WriteStream,
    private readonly start: Date,
    private readonly days: number,
    private readonly zone: string,
  ) {}

  show(now: Date, note: string): void {
    const day = Math.max(0, daysBetween(localDate(this.start, this.zone), localDate(now, this.zone)));
    if (this.out.isTTY) {
      const filled = Math.round((WIDTH * Math.min(day, this.days)) / this.days);
      const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
      this.out.write(`\r\x1b[K  ${bar} day ${day} of ${this.days}, ${localDate(now, this.zone)}  ${note}`);
    } else if (Math.floor(day / 7) > Math.floor(this.day / 7) || this.day < 0) {
      this.out.write(`  day ${day} of ${this.days}, ${localDate(now, this.zone)}: ${note}\n`);
    }
    this.day = day;
  }

  end(): void {
    if (this.out.isTTY) this.out.write('\n');
  }
}
