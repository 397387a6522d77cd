import { businessDate, uuid } from '@recoup/contracts';
import { malformed } from '@recoup/service-kit';
import { z } from 'zod';
import { listedAccountsMax } from './bulk-action.js';

/**
 * Which accounts: everything that matches the report's filter as of the date, less exclusions, or those named (BLK-1). The
 * filter is the report's own, and its schema reads it.
 */
export const selectionSchema = z.strictObject({
  asOf: businessDate,
  filter: z.record(z.string(), z.unknown()).optional(),
  excludedAccountIds: z.array(uuid).max(listedAccountsMax).optional(),
  accountIds: z.array(uuid).min(1).max(listedAccountsMax).optional(),
});
export type GivenSelection = z.infer<typeof selectionSchema>;

/** A selection in one of its two forms. */
export type Selection =
  | { readonly asOf: string; readonly filter: Record<string, unknown>; readonly excludedAccountIds: readonly string[] }
  | { readonly asOf: string; readonly accountIds: readonly string[] };

/**
 * Tells the two forms apart.
 * @throws DomainError 400 when both or neither are given
 */
export function readSelection({ asOf, filter, excludedAccountIds, accountIds }: GivenSelection): Selection {
  if (accountIds !== undefined && filter === undefined && excludedAccountIds === undefined) return { asOf, accountIds };
  if (accountIds === undefined && filter !== undefined)
    return { asOf, filter, excludedAccountIds: excludedAccountIds ?? [] };
  throw malformed(
    'A selection is either a filter with excludedAccountIds, or accountIds.',
    [
      {
        field: 'selection',
        message: 'mixes the two forms or has neither',
        expected: '{asOf, filter, excludedAccountIds} | {asOf, accountIds}',
      },
    ],
    'bad-selection',
  );
}
