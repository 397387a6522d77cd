import { useToday } from '../dates/useToday.js';
import { PageSkeleton } from '../layout/PageSkeleton.js';
import { Report } from './Report.js';

/** The Collections report (CON-2); begins when it is known which day today is. */
export function ReportPage() {
  const todayOf = useToday();
  return todayOf === undefined ? <PageSkeleton /> : <Report todayOf={todayOf} />;
}
