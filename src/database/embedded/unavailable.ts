/**
 * The database cannot be had, for a reason that was foreseen. The message is one line that says what is wrong
 * and what to do; whoever starts the process prints it without a stack and leaves with a failing exit code.
 */
export class DatabaseUnavailable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DatabaseUnavailable';
  }
}

/** The code of a Node or PostgreSQL error (`ENOENT`, `57P03`), or '' when it has none. */
export function codeOf(error: unknown): string {
  return property(error, 'code');
}

/** Turns what a file system is known to refuse into one clear line; anything else comes back as it was. */
export function explainFileTrouble(error: unknown, dataDir: string): unknown {
  const where = property(error, 'path') || dataDir;
  switch (codeOf(error)) {
    case 'EACCES':
    case 'EPERM':
      return new DatabaseUnavailable(
        `No permission for ${where}, which the embedded database needs: correct its owner, or set DATABASE_URL.`,
      );
    case 'EROFS':
      return new DatabaseUnavailable(
        `${where} cannot be written (read-only file system), so the embedded database has no place: start in a writable folder, or set DATABASE_URL.`,
      );
    case 'ENOSPC':
    case 'EDQUOT':
      return new DatabaseUnavailable(
        `The disk is full at ${where}: free some space for the database, then start again.`,
      );
    case 'ENOTDIR':
      return new DatabaseUnavailable(
        `${where} is a file where the embedded database needs a folder: move it away, or set DATABASE_URL.`,
      );
    default:
      return error;
  }
}

/** Not by `instanceof Error`: under Jest, Node's own errors come from another realm. */
function property(error: unknown, name: string): string {
  const value =
    typeof error === 'object' && error !== null ? (error as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' ? value : '';
}

/** The words of an error of whatever realm. */
export function messageOf(error: unknown): string {
  return property(error, 'message') || String(error);
}
