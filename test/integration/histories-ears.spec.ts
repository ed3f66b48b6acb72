import { jest } from '@jest/globals';
import { anActWithEars } from '../histories/acts.js';
import { Ears } from '../histories/ears.js';
import { hunt } from '../histories/hunt.js';
import { World } from '../histories/world.js';
import { dovecotHere, sayDovecotIsMissing } from '../mail/dovecot.js';

/** As in histories.spec.ts. */
const RUNS = Number(process.env['HISTORIES'] ?? 6);
jest.setTimeout(RUNS * 120_000);

if (!dovecotHere) {
  sayDovecotIsMissing('random histories of read mailboxes');
  it.skip('skipped: no dovecot-imapd on this machine (.ci/run installs it)', () => undefined);
} else
  describe('random histories of read mailboxes', () => {
    let world: World;

    beforeAll(async () => {
      world = await World.start(await Ears.start());
    });
    afterAll(() => world.close());

    it('keep every law, and change no mail', () => hunt(world, anActWithEars, RUNS));
  });
