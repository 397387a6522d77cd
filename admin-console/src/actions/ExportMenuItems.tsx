import { ListItemText, MenuItem } from '@mui/material';
import { useMayPreview } from '../api/identity.js';
import { listUrl } from '../api/listUrl.js';
import { useText } from '../i18n/useText.js';
import { withoutAbsent, type ReportFilter } from '../report/reportFilter.js';
import type { ReportTotals } from '../report/reportTypes.js';
import type { Selection } from '../selection/selection.js';

interface ExportMenuItemsProps {
  selection: Selection;
  filter: ReportFilter;
  totals: readonly ReportTotals[];
  onDone: () => void;
  /** For single accounts: an export of its own, with preview and record. */
  onBulk: () => void;
}

/** Most rows that a workbook holds; beyond that the CSV file is the way (REP-5). */
const workbookRowsMax = 100_000;

/** The whole report as a file, streamed by the service; single accounts are exported as a bulk action. */
export function ExportMenuItems({ selection, filter, totals, onDone, onBulk }: ExportMenuItemsProps) {
  const text = useText();
  const mayPreview = useMayPreview();
  const ticked = selection.kind === 'accounts' ? selection.picks.length : selection.excluded.length;
  if (ticked > 0 && mayPreview('export')) {
    return <MenuItem onClick={onBulk}>{text('actions.exportSelected')}</MenuItem>;
  }
  const rows = totals.reduce((sum, { accounts }) => sum + accounts, 0);
  const hrefOf = (format: string) =>
    listUrl('/api/collections/report/export', { filter: withoutAbsent(filter) }, { format });
  const tooLong = rows > workbookRowsMax;
  return (
    <>
      <MenuItem component="a" href={hrefOf('csv')} download disabled={rows === 0} onClick={onDone}>
        <ListItemText primary={text('actions.exportCsv')} secondary={text('actions.exportRows', { count: rows })} />
      </MenuItem>
      <MenuItem component="a" href={hrefOf('xlsx')} download disabled={rows === 0 || tooLong} onClick={onDone}>
        <ListItemText
          primary={text('actions.exportExcel')}
          secondary={
            tooLong
              ? text('actions.exportTooLong', { max: workbookRowsMax.toLocaleString(navigator.language) })
              : text('actions.exportRows', { count: rows })
          }
        />
      </MenuItem>
    </>
  );
}
