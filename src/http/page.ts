import { z } from 'zod';
import { idSchema } from './schemas.js';

/**
 * The query of a list: at most `limit` items that come after `cursor`, the id of the last one seen. Add filters with
 * `pageQuery.extend({...})`, and give query schemas no `meta({ id })`.
 */
export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('How many items, 1 to 200.'),
  cursor: idSchema.optional().describe('`next` of the page before.'),
});
export type PageQuery = z.infer<typeof pageQuery>;

export interface Page<T> {
  items: T[];
  /** The cursor of the next page; null on the last. */
  next: string | null;
}

/** A page out of `limit + 1` rows: the one too many only tells that there is a next page. Ask for `LIMIT limit + 1`. */
export function pageOf<T extends { id: string }>(items: readonly T[], limit: number): Page<T> {
  const shown = items.slice(0, limit);
  return { items: shown, next: items.length > limit ? (shown.at(-1)?.id ?? null) : null };
}

/** The answer of a list, for `@Answers(pageAnswer(contactAnswer))`. */
export function pageAnswer<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.uuid().nullable() });
}
