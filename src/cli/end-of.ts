import { foreseen } from '../boot.js';
import { AppError } from '../http/errors.js';
import { exits, Failed, Interrupted, NothingFound, WrongUsage } from './exit.js';

/** What to tell the caller, and with which exit code; `trace` only where nobody foresaw it. */
export function endOf(error: unknown): { code: number; line: string; hint?: boolean; trace?: string } {
  if (error instanceof Interrupted) return { code: exits.interrupted, line: 'Interrupted.' };
  if (error instanceof WrongUsage) return { code: exits.usage, line: error.message, hint: true };
  if (error instanceof NothingFound) return { code: exits.nothing, line: error.message };
  if (error instanceof Failed) return { code: exits.failed, line: error.message };
  if (error instanceof AppError) {
    return { code: error.code === 'not-found' ? exits.nothing : exits.failed, line: error.message };
  }
  const line = foreseen(error) ?? fileTrouble(error);
  if (line !== null) return { code: exits.failed, line };
  return error instanceof Error
    ? { code: exits.failed, line: error.message, trace: error.stack }
    : { code: exits.failed, line: String(error) };
}

/** What the system says of a file, in its own words without the call. */
function fileTrouble(error: unknown): string | null {
  const { code, path } = error as NodeJS.ErrnoException;
  if (typeof code !== 'string' || typeof path !== 'string') return null;
  const words: Record<string, string> = {
    ENOENT: 'there is no such file',
    EACCES: 'it may not be read',
    EISDIR: 'it is a folder',
  };
  return `${path}: ${words[code] ?? code}.`;
}
