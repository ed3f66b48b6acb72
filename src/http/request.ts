import type { Request } from 'express';

/** A request after the guard: the owner it acts for, where the route needs one. */
export type OwnedRequest = Request & { ownerId?: string };
