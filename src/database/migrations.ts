import { FirstSchema1795305600000 } from './migrations/1-first-schema.js';
import { ImportAnything1795359600000 } from './migrations/2-import-anything.js';
import { FewerChecks1795413600000 } from './migrations/3-fewer-checks.js';
import { OwnersKeys1795460400000 } from './migrations/4-owners-keys.js';
import { MailboxSettings1795464000000 } from './migrations/5-mailbox-settings.js';

/** Oldest first. */
export const migrations = [
  FirstSchema1795305600000,
  ImportAnything1795359600000,
  FewerChecks1795413600000,
  OwnersKeys1795460400000,
  MailboxSettings1795464000000,
];
