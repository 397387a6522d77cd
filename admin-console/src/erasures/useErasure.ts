import { useQuery } from '@tanstack/react-query';
import { askServices } from '../api/askServices.js';
import { fetchList } from '../api/fetchList.js';
import { erasingAction, erasureOf, isErasedEverywhere, type ErasureLine } from './erasure.js';

const askAgainEveryMilliseconds = 3_000;
/** A service that is down longer than this is asked again by hand. */
const asksMax = 40;

/** How far each service is with the erasure of an account, asked again until all have followed. */
export function useErasure(accountId: string) {
  return useQuery({
    queryKey: ['account', accountId, 'erasure'],
    retry: false,
    queryFn: async ({ signal }) => {
      const asked = await askServices(async (service) => {
        const request = { filter: { accountId, action: erasingAction(service) }, range: [0, 0] as const };
        const { rows } = await fetchList<ErasureLine>(`/api/${service}/audit`, request, { signal, background: true });
        return rows[0];
      });
      return erasureOf(asked);
    },
    refetchInterval: ({ state }) =>
      state.data && !isErasedEverywhere(state.data) && state.dataUpdateCount < asksMax
        ? askAgainEveryMilliseconds
        : false,
  });
}
