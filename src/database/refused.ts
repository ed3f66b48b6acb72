/**
 * SQL: the inbound row `alias` asks for good not to be written to. Who only wants no congratulations is spared those by a
 * suppression, and has otherwise answered like anybody.
 */
export function refusedFor(alias: string): string {
  return `(${alias}.kind = 'complaint'
    OR (${alias}.kind = 'opt-out' AND coalesce(${alias}.detail->>'scope', 'everything') <> 'congratulations'))`;
}

/** SQL: the inbound row `alias` ends a sequence while it runs: a human spoke, or the address is dead. */
export function endsSequence(alias: string): string {
  return `(${alias}.kind IN ('reply', 'opt-out', 'calendar') OR (${alias}.kind = 'bounce' AND ${alias}.severity = 'hard'))`;
}
