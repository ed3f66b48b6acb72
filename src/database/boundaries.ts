import type { Circle } from './entities/contact.entity.js';

/** What the owner set for one person. Instants as ISO text in UTC, so that two of them compare as text. */
export interface Boundaries {
  doNotContactAt: string | null;
  pausedUntil: string | null;
  noCongratulations: boolean;
  circle: Circle;
}

/** One merge into a contact, as its boundaries know it. */
export interface BoundaryEdge {
  /** Boundaries of the contact that was merged in, as its own row holds them. */
  from: Boundaries;
  /** Those of the other before and after; empty for a merge of the time before they were kept. */
  before: Partial<Boundaries>;
  after: Partial<Boundaries>;
  /** It is being taken back. */
  cut: boolean;
}

export interface Replayed {
  /** What holds for the contact that stays. */
  now: Boundaries;
  /** Of each merge, in the order given: what its `before` and `after` are without those that were cut. */
  edges: { before: Partial<Boundaries>; after: Partial<Boundaries> }[];
  /** Of each merge: what the owner set on the one person since. Of which of the two it was meant nobody knows. */
  since: Partial<Boundaries>[];
}

const FIELDS = ['doNotContactAt', 'pausedUntil', 'noCongratulations', 'circle'] as const;
const CIRCLES: readonly Circle[] = ['inner', 'active', 'wide'];

/** The stricter of two: the first "do not contact", the longer pause, the quiet one, the closer circle. */
export function stricter(a: Boundaries, b: Partial<Boundaries>): Boundaries {
  const { doNotContactAt = null, pausedUntil = null, noCongratulations = false, circle = a.circle } = b;
  return {
    doNotContactAt: least(a.doNotContactAt, doNotContactAt),
    pausedUntil: greatest(a.pausedUntil, pausedUntil),
    noCongratulations: a.noCongratulations || noCongratulations,
    circle: CIRCLES.find((one) => one === a.circle || one === circle) ?? a.circle,
  };
}

export function sameBoundaries(a: Boundaries, b: Boundaries): boolean {
  return FIELDS.every((field) => a[field] === b[field]);
}

/**
 * The boundaries of a contact as they would be if some merges into it had never been. What the owner set between two
 * merges, or since the last, is told by the difference from what the merge before left, and stands.
 * @param edges in the order in which they were made
 */
export function replayBoundaries(current: Boundaries, edges: readonly BoundaryEdge[]): Replayed {
  const kept: Replayed['edges'] = edges.map(({ before, after }) => ({
    before: { ...before },
    after: { ...after },
  }));
  const since: Partial<Boundaries>[] = edges.map(() => ({}));
  const now = { ...current };
  for (const field of FIELDS) replayField(field, current, edges, { kept, since, now });
  return { now, edges: kept, since };
}

type Value = Boundaries[keyof Boundaries];

function replayField(
  field: keyof Boundaries,
  current: Boundaries,
  edges: readonly BoundaryEdge[],
  out: { kept: Replayed['edges']; since: Partial<Boundaries>[]; now: Boundaries },
): void {
  /** What it is in the new telling, and what it was in the old one, after the merge before. */
  let value: Value | undefined;
  let left: Value | undefined;
  const ownersWord = (said: Value, upTo: number): Value => {
    for (const one of out.since.slice(0, upTo)) Object.assign(one, stricterOf(one, field, said));
    return said;
  };
  for (const [index, { from, before, after, cut }] of edges.entries()) {
    const was = before[field];
    const became = after[field];
    if (was === undefined || became === undefined) continue;
    const start = value === undefined ? was : was === left ? value : ownersWord(was, index);
    const end = cut ? start : stricter({ ...current, [field]: start }, { [field]: from[field] })[field];
    Object.assign(out.kept[index]?.before ?? {}, { [field]: start });
    Object.assign(out.kept[index]?.after ?? {}, { [field]: end });
    value = end;
    left = became;
  }
  if (value === undefined) return;
  const now = current[field] === left ? value : ownersWord(current[field], edges.length);
  Object.assign(out.now, { [field]: now });
}

function stricterOf(one: Partial<Boundaries>, field: keyof Boundaries, said: Value): Partial<Boundaries> {
  const loose: Boundaries = {
    doNotContactAt: null,
    pausedUntil: null,
    noCongratulations: false,
    circle: 'wide',
  };
  return { [field]: stricter({ ...loose, ...one }, { [field]: said })[field] };
}

function least(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}

function greatest(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}
