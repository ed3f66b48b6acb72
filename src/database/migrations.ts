import { FirstSchema1795305600000 } from './migrations/1-first-schema.js';
import { ImportAnything1795359600000 } from './migrations/2-import-anything.js';
import { FewerChecks1795413600000 } from './migrations/3-fewer-checks.js';

/** Oldest first. */
export const migrations = [FirstSchema1795305600000, ImportAnything1795359600000, FewerChecks1795413600000];
