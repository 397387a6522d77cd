import { useQuery } from '@tanstack/react-query';
import { fetchList } from '../api/fetchList.js';
import { heldByPayer, type HeldLine } from './held.js';

const linesOfPage = 1000;

/** What insurers and agencies are responsible for of an account today, by payer. */
export function useHeld(accountId: string) {
  return useQuery({
    queryKey: ['account', accountId, 'held'],
    queryFn: async ({ signal }) => heldByPayer(await readHeldLines(accountId, signal)),
  });
}

/** Page after page until none is left: a sum of some of the lines would be a wrong amount. */
async function readHeldLines(accountId: string, signal: AbortSignal): Promise<HeldLine[]> {
  const filter = { accountId, open: true, payerType: ['insurer', 'generic'] };
  const lines: HeldLine[] = [];
  for (;;) {
    const range = [lines.length, lines.length + linesOfPage - 1] as const;
    const { rows, total } = await fetchList<HeldLine>('/api/ledger/bill-lines', { filter, range }, { signal });
    lines.push(...rows);
    if (rows.length === 0 || lines.length >= total) return lines;
  }
}
