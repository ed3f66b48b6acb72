import { fit } from './table.js';
import { plain } from './terminal.js';

const BAR = 24;
/** Between two drawings, ms. */
const PACE = 100;
/** Between two lines where there is no terminal, ms. */
const SLOW_PACE = 5_000;

export interface Step {
  file: string;
  bytes: number;
  bytesRead: number;
  rows: number;
}

/** On a terminal one line that fills; elsewhere a line now and then. All on standard error. */
export class ImportBar {
  private readonly tty = process.stderr.isTTY;
  private file = '';
  private started = 0;
  private drawn = 0;
  private open = false;

  show({ file, bytes, bytesRead, rows }: Step): void {
    const now = performance.now();
    if (file !== this.file) {
      this.end();
      this.file = file;
      this.started = now;
      this.drawn = this.tty ? 0 : now;
    }
    if (now - this.drawn < (this.tty ? PACE : SLOW_PACE)) return;
    this.drawn = now;
    const share = bytes === 0 ? 1 : Math.min(1, bytesRead / bytes);
    const seconds = (now - this.started) / 1000;
    const speed = seconds < 0.2 ? '' : `, ${group(rows / seconds)} rows/s`;
    const words = `${Math.round(share * 100)} %, ${group(rows)} rows${speed}${left(seconds, share)}`;
    if (!this.tty) {
      process.stderr.write(`${plain(file)}: ${words}\n`);
      return;
    }
    const full = Math.round(share * BAR);
    const bar = '#'.repeat(full) + '.'.repeat(BAR - full);
    process.stderr.write(`\r\u001b[K${fit(plain(file), 28)}  [${bar}] ${words}`);
    this.open = true;
  }

  /** The bar makes way for what comes next. */
  end(): void {
    if (this.open) process.stderr.write('\r\u001b[K');
    this.open = false;
  }
}

/** The same for work of which only a count is known: a first word, then one line that is written anew. */
export class CountBar {
  private readonly tty = process.stderr.isTTY;
  private drawn = 0;
  private open = false;

  constructor(first: string) {
    if (!this.tty) return;
    process.stderr.write(fit(plain(first), 78));
    this.open = true;
  }

  show(words: string): void {
    const now = performance.now();
    if (!this.tty || now - this.drawn < PACE) return;
    this.drawn = now;
    process.stderr.write(`\r\u001b[K${plain(words)}`);
    this.open = true;
  }

  end(): void {
    if (this.open) process.stderr.write('\r\u001b[K');
    this.open = false;
  }
}

/** Estimated from what has been read of the file; nothing in its first second, and nothing near its end. */
function left(seconds: number, share: number): string {
  if (seconds < 1 || share <= 0 || share >= 0.995) return '';
  const rest = Math.ceil((seconds / share) * (1 - share));
  const minutes = Math.floor(rest / 60);
  return minutes > 0 ? `, ${minutes} min ${rest % 60} s left` : `, ${rest} s left`;
}

function group(count: number): string {
  return Math.round(count).toLocaleString('en-GB');
}
