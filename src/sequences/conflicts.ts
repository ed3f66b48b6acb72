import { QueryFailedError } from 'typeorm';
import { AppError } from '../http/errors.js';

/** Runs a write; a broken unique index becomes a conflict in the owner's words, by the index's name. */
export async function orConflict<T>(write: Promise<T>, words: Record<string, string>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    const broken = error instanceof QueryFailedError ? constraintOf(error.driverError) : null;
    const message = broken === null ? undefined : words[broken];
    throw message === undefined ? error : new AppError('conflict', message);
  }
}

function constraintOf(error: unknown): string | null {
  return typeof error === 'object' &&
    error !== null &&
    'constraint' in error &&
    typeof error.constraint === 'string'
    ? error.constraint
    : null;
}
