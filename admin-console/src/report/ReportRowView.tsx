import ChevronRight from '@mui/icons-material/ChevronRight';
import { Checkbox, IconButton, TableCell, TableRow } from '@mui/material';
import { useText } from '../i18n/useText.js';
import type { ReportColumn } from './columns.js';
import type { ReportRow } from './reportTypes.js';

interface ReportRowViewProps {
  row: ReportRow;
  columns: readonly ReportColumn[];
  selected: boolean;
  /** `range`: from the row ticked before to this one (Shift). Undefined where rows can't be ticked. */
  onSelected: ((selected: boolean, range: boolean) => void) | undefined;
  open: boolean;
  onOpen: () => void;
}

/** One account of the report. */
export function ReportRowView({ row, columns, selected, onSelected, open, onOpen }: ReportRowViewProps) {
  const text = useText();
  return (
    <TableRow
      hover
      selected={selected}
      sx={{ height: 47, '& > td': { py: 0.25, borderBottomColor: open ? 'transparent' : 'divider' } }}
    >
      {onSelected && (
        <TableCell padding="checkbox">
          <Checkbox
            size="small"
            checked={selected}
            onClick={(event) => onSelected(!selected, event.shiftKey)}
            slotProps={{
              input: { 'aria-label': text('selection.one', { account: row.accountNumber }), readOnly: true },
            }}
          />
        </TableCell>
      )}
      <TableCell padding="none">
        <IconButton
          size="small"
          onClick={onOpen}
          aria-expanded={open}
          aria-label={text('report.showInvoices', { account: row.accountNumber })}
        >
          <ChevronRight
            fontSize="small"
            sx={{ transition: 'transform 120ms', transform: open ? 'rotate(90deg)' : 'none' }}
          />
        </IconButton>
      </TableCell>
      {columns.map((column) => (
        <TableCell key={column.key} align={column.numeric ? 'right' : 'left'}>
          {column.cell(row)}
        </TableCell>
      ))}
    </TableRow>
  );
}
