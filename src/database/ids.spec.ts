import { newId } from './ids.js';

describe('ids', () => {
  it('are UUIDs of version 7', () => {
    expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('ascend in the order they were made, also many in one millisecond, and are never the same', () => {
    const ids = Array.from({ length: 20_000 }, () => newId());
    expect(ids).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('carry the wall clock’s milliseconds', () => {
    const before = Date.now();
    const ms = parseInt(newId().replaceAll('-', '').slice(0, 12), 16);
    expect(ms).toBeGreaterThanOrEqual(before);
    // At most the few milliseconds that the ids above borrowed.
    expect(ms - Date.now()).toBeLessThan(100);
  });
});
