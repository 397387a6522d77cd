import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { send } from '../api/send.js';
import { useOpenLines } from '../bill-lines/useLines.js';
import { useAccountPayers } from '../payers/usePayers.js';
import { referralStanding, type BegunReferral } from './referralStanding.js';
import type { ReferProgress } from './referSteps.js';

/** What of an account was written off for an agency and not queued. */
export function useBegunReferrals(accountId: string) {
  return useQuery({
    queryKey: ['account', accountId, 'begun-referrals'],
    queryFn: async ({ signal }) =>
      (await send<BegunReferral[]>(`/api/ledger/agency-referrals/begun?accountId=${accountId}`, { signal })).json,
  });
}

/**
 * Where the account's referral stood when its page was opened; `standing` is undefined until the ledger has answered and
 * null where there is nothing to refer. The page's own steps don't change it: they know how far they are.
 */
export function useReferralStanding(accountId: string) {
  const begun = useBegunReferrals(accountId);
  const openLines = useOpenLines(accountId);
  const assigned = useAccountPayers(accountId);
  const [standing, setStanding] = useState<ReferProgress | null>();
  const fetching = begun.isFetching || openLines.isFetching || assigned.isFetching;
  // What an earlier visit left in the cache may be from before its last step: only what was just read is believed.
  if (standing === undefined && !fetching && begun.data && openLines.data && assigned.data)
    setStanding(referralStanding({ begun: begun.data, openLines: openLines.data, assigned: assigned.data.rows }));
  const failed = [begun, openLines, assigned].filter(({ error }) => error !== null);
  const refetch = () => void Promise.all(failed.map((query) => query.refetch()));
  return { standing, asked: { data: standing, error: failed[0]?.error, isFetching: fetching, refetch } };
}
