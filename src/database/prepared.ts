import { createHash } from 'node:crypto';

const names = new Map<string, string>();

/**
 * The statement, to be planned once on each connection instead of with every call: for long ones that run many times a
 * second, where planning costs more than running. The text must always be the same. To be handed to `rows`, `row`,
 * `affected` or `query` in place of the text: the driver takes an object there, which TypeORM's types do not say.
 */
export function prepared(sql: string): string {
  let name = names.get(sql);
  if (name === undefined) {
    name = `ft_${createHash('sha256').update(sql).digest('hex').slice(0, 20)}`;
    names.set(sql, name);
  }
  return { name, text: sql } as unknown as string;
}
