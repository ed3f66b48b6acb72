import type { Page } from '../http/page.js';

/** A page of a list, as the API has them. */
const PAGE = 200;

/** All items of a list, or the first `most`, page by page. */
export async function pages<T>(
  read: (page: { limit: number; cursor?: string }) => Promise<Page<T>>,
  most = Number.POSITIVE_INFINITY,
): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await read({ limit: Math.min(PAGE, most - items.length), cursor });
    items.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined && items.length < most);
  return items;
}
