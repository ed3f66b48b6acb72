/** How often the whole fault table is gone through: FAULT_ROUNDS, set by `run.mjs --rounds N`. Once by default. */
export const rounds: readonly number[] = Array.from(
  { length: Math.max(1, Math.floor(Number(process.env['FAULT_ROUNDS'] ?? 1)) || 1) },
  (_, index) => index + 1,
);
