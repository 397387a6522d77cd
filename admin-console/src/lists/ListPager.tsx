import { useListContext } from 'react-admin';
import { ReportPager } from '../report/ReportPager.js';

/** The pages of the list around it. */
export function ListPager() {
  const { total, page, perPage, setPage, setPerPage } = useListContext();
  if (!total || total <= 10) return null;
  return <ReportPager total={total} page={page} pageSize={perPage} onPage={setPage} onPageSize={setPerPage} />;
}
