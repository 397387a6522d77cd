import { z } from 'zod';
import { instant, uuid } from './primitives.js';

/** A service that follows the ledger's contacts has nulled what it kept of an erased account (S28). Aggregate: the account. */
export const accountErasureConfirmed = z
  .object({ accountId: uuid, confirmedAt: instant })
  .describe('A service that keeps contact data has removed that of an erased account.');
