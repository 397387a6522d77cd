import { PageHeader } from '../layout/PageHeader.js';
import { useText } from '../i18n/useText.js';
import { AsOfPicker } from './AsOfPicker.js';
import { FreshnessNote } from './FreshnessNote.js';
import type { Freshness } from './useReport.js';
import type { ReportView } from './useReportFilter.js';

interface ReportHeaderProps {
  view: ReportView;
  today: string;
  freshness: Freshness | undefined;
  busy: boolean;
  onRefresh: () => void;
}

/** Title and date of the report, and which columns are of that date (REP-1). */
export function ReportHeader({ view, today, freshness, busy, onRefresh }: ReportHeaderProps) {
  const text = useText();
  return (
    <PageHeader
      title={text('report.title')}
      beside={
        <AsOfPicker
          asOf={view.filter.asOf}
          today={today}
          officeCodes={view.filter.officeCodes}
          onChange={(asOf) => view.setFilter({ asOf })}
        />
      }
      below={text('report.asOfNote')}
      dense
      actions={<FreshnessNote freshness={freshness} busy={busy} onRefresh={onRefresh} />}
    />
  );
}
