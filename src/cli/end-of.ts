import { dirname } from 'node:path';
import { AppError } from '../http/errors.js';
import { exits, Failed, Interrupted, NothingFound, WrongUsage } from './exit.js';

/** What to tell the caller, and with which exit code; `trace` only where nobody foresaw it. */
export async function endOf(
  error: unknown,
): Promise<{ code: number; line: string; hint?: boolean; trace?: string }> {
  if (error instanceof Interrupted) return { code: exits.interrupted, line: 'Interrupted.' };
  if (error instanceof WrongUsage) return { code: exits.usage, line: error.message, hint: true };
  if (error instanceof NothingFound) return { code: exits.nothing, line: error.message };
  if (error instanceof Failed) return { code: exits.failed, line: error.message };
  if (error instanceof AppError) {
    return { code: error.code === 'not-found' ? exits.nothing : exits.failed, line: error.message };
  }
  // Loads the database's parts, which who was merely refused a word has not needed.
  const { foreseen } = await import('../boot.js');
  const line = foreseen(error) ?? fileTrouble(error);
  if (line !== null) return { code: exits.failed, line };
  return error instanceof Error
    ? { code: exits.failed, line: error.message, trace: error.stack }
    : { code: exits.failed, line: String(error) };
}

const FILE_TROUBLE: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'a part of its path is no folder',
  EACCES: 'it may not be opened',
  EPERM: 'it may not be opened',
  EROFS: 'nothing may be written there',
  ENOSPC: 'the disk is full',
  ENAMETOOLONG: 'the name is too long',
};

/** What the system says of a file, without the call. */
function fileTrouble(error: unknown): string | null {
  const { code, path } = error as NodeJS.ErrnoException;
  // Found out while reading, when the system no longer says which.
  if (code === 'EISDIR') return 'A folder was named where a file is wanted.';
  if (typeof code !== 'string' || typeof path !== 'string') return null;
  // What is written stands under a name of its own until it is whole; the owner knows the other one.
  const file = path.replace(/(\.[0-9a-f]{8})?\.partial$/, '');
  if (code === 'ENOENT' && file !== path) return `${dirname(file)}: there is no such folder.`;
  return `${file}: ${FILE_TROUBLE[code] ?? code}.`;
}
