import { useQuery } from '@tanstack/react-query';
import { askServices, type Missing } from '../api/askServices.js';
import { fetchList } from '../api/fetchList.js';
import type { AuditLine } from './accountTypes.js';

const auditRowsMax = 100;

/** What happened to an account, as far as the services told it. */
export interface Timeline {
  /** Newest first. */
  lines: readonly AuditLine[];
  /** How many there are; more than are shown where a service keeps more than one request takes. */
  total: number;
  /** Services without an answer, so that what they keep is not among the lines. */
  missing: readonly Missing[];
}

/** What happened to an account in all services, newest first: each keeps the audit of its own. */
export function useTimeline(accountId: string) {
  return useQuery({
    queryKey: ['account', accountId, 'timeline'],
    retry: false,
    queryFn: async ({ signal }): Promise<Timeline> => {
      const request = { filter: { accountId }, range: [0, auditRowsMax - 1] as const, sort: ['at', 'DESC'] as const };
      const { answers, missing } = await askServices((service) =>
        fetchList<Omit<AuditLine, 'service'>>(`/api/${service}/audit`, request, { signal }),
      );
      const lines = answers.flatMap(({ service, answer }) => answer.rows.map((line) => ({ ...line, service })));
      return {
        lines: lines.toSorted((a, b) => (a.at < b.at ? 1 : -1)),
        total: answers.reduce((sum, { answer }) => sum + answer.total, 0),
        missing,
      };
    },
  });
}
