import { jest } from '@jest/globals';
import { anAct } from '../histories/acts.js';
import { hunt } from '../histories/hunt.js';
import { World } from '../histories/world.js';

/** HISTORIES=300 FC_SEED=random looks for new ones; HISTORY_LOG=1 tells each. */
const RUNS = Number(process.env['HISTORIES'] ?? 10);
/** Some seconds each, and as long again to find the fewest acts that go wrong. */
jest.setTimeout(RUNS * 60_000);

/** What may happen in a winter, in any order, held against the laws at the receiving server. */
describe('random histories', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.start();
  });
  afterAll(() => world.close());

  it('keep every law', () => hunt(world, anAct, RUNS));
});
