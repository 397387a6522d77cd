import { ListItemText, MenuItem } from '@mui/material';
import { useNotify } from 'react-admin';
import { useMayPreview } from '../api/identity.js';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import type { ReportFilter } from '../report/reportFilter.js';
import type { ReportTotals } from '../report/reportTypes.js';
import { takeExport } from '../report/takeExport.js';
import type { ReportSort } from '../report/useReportFilter.js';
import type { Selection } from '../selection/selection.js';
import { useProblemWords } from '../problems/useProblemWords.js';

interface ExportMenuItemsProps {
  selection: Selection;
  filter: ReportFilter;
  sort: ReportSort;
  totals: readonly ReportTotals[];
  onDone: () => void;
  /** For single accounts: an export of its own, with preview and record. */
  onBulk: () => void;
}

/** Most rows that a workbook holds; beyond that the CSV file is the way (REP-5). */
const workbookRowsMax = 100_000;

/** The whole report as a file, streamed by the service; single accounts are exported as a bulk action. */
export function ExportMenuItems({ selection, filter, sort, totals, onDone, onBulk }: ExportMenuItemsProps) {
  const text = useText();
  const locale = useLocale();
  const mayPreview = useMayPreview();
  const notify = useNotify();
  const words = useProblemWords();
  const ticked = selection.kind === 'accounts' ? selection.picks.length : selection.excluded.length;
  if (ticked > 0 && mayPreview('export')) {
    return <MenuItem onClick={onBulk}>{text('actions.exportSelected')}</MenuItem>;
  }
  const rows = totals.reduce((sum, { accounts }) => sum + accounts, 0);
  const take = (format: 'csv' | 'xlsx') => {
    onDone();
    takeExport(filter, sort, format).catch((error: unknown) => notify(words.notice(error), { type: 'error' }));
  };
  const tooLong = rows > workbookRowsMax;
  const matching = rows === 0 ? text('actions.exportNothing') : text('actions.exportRows', { count: rows });
  return (
    <>
      <MenuItem disabled={rows === 0} onClick={() => take('csv')}>
        <ListItemText primary={text('actions.exportCsv')} secondary={matching} />
      </MenuItem>
      <MenuItem disabled={rows === 0 || tooLong} onClick={() => take('xlsx')}>
        <ListItemText
          primary={text('actions.exportExcel')}
          secondary={
            tooLong ? text('actions.exportTooLong', { max: workbookRowsMax.toLocaleString(locale) }) : matching
          }
        />
      </MenuItem>
    </>
  );
}
