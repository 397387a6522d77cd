import { Checkbox, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import { ServiceDay } from '../bill-lines/ServiceDay.js';
import type { BillLine } from '../bill-lines/billLine.js';
import { useText } from '../i18n/useText.js';
import { ScrollArea } from '../layout/ScrollArea.js';
import { Amount } from '../money/Amount.js';

interface LinesToSendProps {
  lines: readonly BillLine[];
  /** The ids of those that are not sent. */
  left: ReadonlySet<string>;
  onTick: (id: string, ticked: boolean) => void;
}

/** What the account owes by line, each with a tick: it is written off and goes to the agency. */
export function LinesToSend({ lines, left, onTick }: LinesToSendProps) {
  const text = useText();
  return (
    <ScrollArea label={text('payments.openLines')}>
      <Table size="small" sx={{ '& .MuiTableCell-root': { px: { xs: 0.75, sm: 1.25 } } }}>
        <TableHead>
          <TableRow>
            <TableCell padding="checkbox" />
            <TableCell>{text('invoices.number')}</TableCell>
            <TableCell sx={{ whiteSpace: 'normal' }}>{text('lines.dateOfService')}</TableCell>
            <TableCell align="right">{text('payments.writeOff')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {lines.map((line) => (
            <TableRow key={line.id}>
              <TableCell padding="checkbox">
                <Checkbox
                  size="small"
                  checked={!left.has(line.id)}
                  onChange={(_, ticked) => onTick(line.id, ticked)}
                  slotProps={{
                    input: { 'aria-label': text('referring.include', { invoice: line.invoiceNumber }) },
                  }}
                />
              </TableCell>
              <TableCell sx={{ fontWeight: 600, whiteSpace: { sm: 'nowrap' } }}>{line.invoiceNumber}</TableCell>
              <TableCell>
                <ServiceDay line={line} />
              </TableCell>
              <TableCell align="right">
                <Amount amount={line.openAmount} currency={line.currency} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </ScrollArea>
  );
}
