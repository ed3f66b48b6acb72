import { QueryFailedError } from 'typeorm';

function codeOf(error: unknown): string {
  const driver = error instanceof QueryFailedError ? (error.driverError as { code?: unknown }) : error;
  const { code } = (driver ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : '';
}

/** The database refuses what a row holds (SQLSTATE 22 data exception, 54 program limit exceeded). */
export function isAboutData(error: unknown): boolean {
  return error instanceof QueryFailedError && /^(22|54)/.test(codeOf(error));
}

/** A row is there already that may be there once (SQLSTATE 23505 unique violation). */
export function isThere(error: unknown): boolean {
  return codeOf(error) === '23505';
}

/** It may go well the next time: connection lost, server stopping, out of resources, deadlock. Nothing is given up. */
export function isPassing(error: unknown): boolean {
  return (
    /^(08|40|53|55|57|ECONN|ETIMEDOUT|EPIPE)/.test(codeOf(error)) ||
    (error instanceof Error && /connection|Client was closed|timeout exceeded/i.test(error.message))
  );
}
