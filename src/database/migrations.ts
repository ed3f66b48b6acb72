import { FirstSchema1795305600000 } from './migrations/1-first-schema.js';
import { ImportAnything1795359600000 } from './migrations/2-import-anything.js';
import { FewerChecks1795413600000 } from './migrations/3-fewer-checks.js';
import { OwnersKeys1795460400000 } from './migrations/4-owners-keys.js';
import { MailboxSettings1795464000000 } from './migrations/5-mailbox-settings.js';
import { Listening1795467600000 } from './migrations/6-listening.js';
import { TimeOff1795471200000 } from './migrations/7-time-off.js';
import { Inbound1795474800000 } from './migrations/8-inbound.js';
import { WayOut1795478400000 } from './migrations/9-way-out.js';
import { Comparisons1795482000000 } from './migrations/10-comparisons.js';
import { ClaimOrder1795485600000 } from './migrations/11-claim-order.js';
import { StopPerSource1795489200000 } from './migrations/12-stop-per-source.js';
import { BatchesOfSteps1795492800000 } from './migrations/13-batches-of-steps.js';

/** Oldest first. */
export const migrations = [
  FirstSchema1795305600000,
  ImportAnything1795359600000,
  FewerChecks1795413600000,
  OwnersKeys1795460400000,
  MailboxSettings1795464000000,
  Listening1795467600000,
  TimeOff1795471200000,
  Inbound1795474800000,
  WayOut1795478400000,
  Comparisons1795482000000,
  ClaimOrder1795485600000,
  StopPerSource1795489200000,
  BatchesOfSteps1795492800000,
];
