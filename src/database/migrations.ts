import { FirstSchema1795305600000 } from './migrations/1-first-schema.js';

/** Oldest first. */
export const migrations = [FirstSchema1795305600000];
