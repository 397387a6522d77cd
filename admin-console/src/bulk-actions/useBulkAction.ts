import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { fetchList } from '../api/fetchList.js';
import { send } from '../api/send.js';
import { isLive, type BulkAction, type BulkActionItem, type ItemStatus } from './bulkAction.js';

const path = '/api/collections/bulk-actions';
const refreshEveryMilliseconds = 1_500;

/** A bulk action; the stream puts newer states in its place, and while it moves it is read again besides. */
export function useBulkAction(id: string) {
  return useQuery({
    queryKey: ['bulk-action', id, 'head'],
    queryFn: async ({ signal }) => (await send<BulkAction>(`${path}/${id}`, { signal })).json,
    refetchInterval: ({ state }) => (state.data && isLive(state.data.status) ? refreshEveryMilliseconds : false),
  });
}

/** A page of an action's accounts, by their result. */
export function useBulkActionItems(
  id: string,
  status: ItemStatus | undefined,
  page: number,
  pageSize: number,
  live: boolean,
) {
  return useQuery({
    queryKey: ['bulk-action', id, 'items', status, page, pageSize],
    placeholderData: keepPreviousData,
    refetchInterval: live ? refreshEveryMilliseconds * 2 : false,
    queryFn: ({ signal }) => {
      const range = [(page - 1) * pageSize, page * pageSize - 1] as const;
      return fetchList<BulkActionItem>(`${path}/${id}/items`, { filter: status ? { status } : {}, range }, { signal });
    },
  });
}
