import type { z } from 'zod';
import { WrongUsage } from './exit.js';

/** What was typed, read by the API's own schema; what is wrong names the option. */
export function readAs<T extends z.ZodType>(
  schema: T,
  given: unknown,
  options: Readonly<Record<string, string>> = {},
): z.infer<T> {
  const read = schema.safeParse(given);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const field = issue?.path.map(String).join('.') ?? '';
  const place = field === '' ? '' : `${options[field] ?? `--${field}`}: `;
  throw new WrongUsage(`${place}${(issue?.message ?? 'is wrong').replace(/\.$/, '')}.`);
}

/** A whole number of at least one. */
export function readCount(text: string, option: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text))
    throw new WrongUsage(`${option}: "${text}" is not a whole number above 0.`);
  return Number(text);
}
