/** What a process says by its end; scripts rely on these. 130: interrupted, as shells have it. */
export const exits = { ok: 0, failed: 1, usage: 2, nothing: 3, interrupted: 130 } as const;

/** The command line itself was wrong: exit 2, with a hint at `--help`. */
export class WrongUsage extends Error {}

/** Asked for something that is not there: exit 3. */
export class NothingFound extends Error {}

/** Foreseen, and no fault of the command line: one clear line, exit 1. */
export class Failed extends Error {}

/** Ctrl-C at a question. */
export class Interrupted extends Error {}
