import { useQuery } from '@tanstack/react-query';
import { send } from '../api/send.js';
import { isImportOver, type ImportRun } from './importTypes.js';

const pollEveryMilliseconds = 1_000;

/** An import; read again while it goes on. */
export function useImportRun(id: string) {
  return useQuery({
    queryKey: ['import', id, 'head'],
    queryFn: async ({ signal }) => (await send<ImportRun>(`/api/ledger/imports/${id}`, { signal })).json,
    refetchInterval: ({ state: { data, error } }) =>
      error || (data && isImportOver(data)) ? false : pollEveryMilliseconds,
  });
}
