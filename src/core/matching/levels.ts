/** How well two values of one field agree, from nothing known to equal. Kept as numbers: millions of pairs have them. */
export const levels = {
  /** One of the two does not say. */
  missing: 0,
  differs: 1,
  /** Alike, as two spellings or a half of the words. */
  somewhat: 2,
  /** One of the two is the other's first letter: "J." and "Jane". */
  initial: 3,
  /** A slip or two of the pen. */
  close: 4,
  /** The same in another form: a nickname, other accents, a doubled name. */
  variant: 5,
  exact: 6,
} as const;

export type LevelName = keyof typeof levels;
export type Level = (typeof levels)[LevelName];

export const LEVEL_NAMES: readonly LevelName[] = [
  'missing',
  'differs',
  'somewhat',
  'initial',
  'close',
  'variant',
  'exact',
];

export const LEVELS = LEVEL_NAMES.length;
