import fc from 'fast-check';

/**
 * Properties are tried on the same values in every run, so that a green commit stays green; `FC_SEED=random` looks for new
 * ones, `FC_RUNS` says how many (where a property does not say it itself). A failure prints its seed.
 */
const { FC_SEED = '20261122', FC_RUNS = '100' } = process.env;
fc.configureGlobal({
  ...(FC_SEED !== 'random' && { seed: Number(FC_SEED) }),
  numRuns: Number(FC_RUNS),
});
