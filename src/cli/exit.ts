import { AppError } from '../http/errors.js';

/** What a process says by its end; scripts rely on these. 130: interrupted, as shells have it. */
export const exits = { ok: 0, failed: 1, usage: 2, nothing: 3, interrupted: 130 } as const;

/** The command line itself was wrong: exit 2, with a hint at `--help`. */
export class WrongUsage extends Error {}

/** Asked for something that is not there: exit 3. */
export class NothingFound extends Error {}

/** Foreseen, and no fault of the command line: one clear line, exit 1. */
export class Failed extends Error {}

/** Ctrl-C at a question. */
export class Interrupted extends Error {}

/** What to tell the caller, and with which exit code; `trace` only where nobody foresaw it. */
export function endOf(error: unknown): { code: number; line: string; hint?: boolean; trace?: string } {
  if (error instanceof Interrupted) return { code: exits.interrupted, line: 'Interrupted.' };
  if (error instanceof WrongUsage) return { code: exits.usage, line: error.message, hint: true };
  if (error instanceof NothingFound) return { code: exits.nothing, line: error.message };
  if (error instanceof AppError) {
    return { code: error.code === 'not-found' ? exits.nothing : exits.failed, line: error.message };
  }
  if (!(error instanceof Error)) return { code: exits.failed, line: String(error) };
  // Our own errors, and the system's about files and connections, say all there is to say in one line.
  if (FORESEEN.has(error.constructor.name) || 'code' in error) {
    return { code: exits.failed, line: error.message || String((error as NodeJS.ErrnoException).code) };
  }
  return { code: exits.failed, line: error.message, trace: error.stack };
}

const FORESEEN: ReadonlySet<string> = new Set([Failed.name, 'WrongSetting', 'DatabaseUnavailable']);
