import {
  Skeleton,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  Typography,
  useMediaQuery,
  useTheme,
} from '@mui/material';
import type { AccountCard } from '../accounts/accountTypes.js';
import { Day } from '../dates/Day.js';
import { formatDate } from '../dates/dates.js';
import { PartTrouble } from '../feedback/PartTrouble.js';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { Amount } from '../money/Amount.js';
import { BillLineMenu, type BillLineAction } from './BillLineMenu.js';
import { LineCards } from './LineCards.js';
import { PayerOfLine } from './PayerOfLine.js';
import { ServiceOfLine } from './ServiceOfLine.js';
import type { BillLine, LineWithPayers } from './billLine.js';
import { useInvoiceLines } from './useLines.js';

interface InvoiceLinesProps {
  account: AccountCard;
  invoice: { id: string; number: string };
  onAction: (action: BillLineAction, line: BillLine) => void;
}

/** The lines of an invoice, and below each who owes how much of it since when (LED-23). */
export function InvoiceLines({ account, invoice, onAction }: InvoiceLinesProps) {
  const text = useText();
  const query = useInvoiceLines(account.id, invoice.id);
  const { data } = query;
  const narrow = useMediaQuery(useTheme().breakpoints.down('sm'));
  if (!data) return <PartTrouble query={query} waiting={<Skeleton variant="rounded" height={72} sx={{ m: 1.5 }} />} />;
  const label = text('lines.of', { invoice: invoice.number });
  if (narrow) return <LineCards label={label} lines={data} onAction={onAction} />;
  return (
    <Table size="small" aria-label={label}>
      <TableHead>
        <TableRow>
          <TableCell>{text('lines.dateOfService')}</TableCell>
          <TableCell>{text('lines.service')}</TableCell>
          <TableCell align="right">{text('lines.amount')}</TableCell>
          <TableCell>{text('lines.payer')}</TableCell>
          <TableCell align="right">{text('lines.open')}</TableCell>
          <TableCell>{text('lines.actions')}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {data.map((each) => (
          <Line key={each.line.id} {...each} onAction={onAction} />
        ))}
      </TableBody>
    </Table>
  );
}

function Line({ line, billLines, onAction }: LineWithPayers & Pick<InvoiceLinesProps, 'onAction'>) {
  const text = useText();
  const locale = useLocale();
  return billLines.map((billLine, index) => (
    <TableRow key={billLine.id}>
      {index === 0 && (
        <>
          <TableCell rowSpan={billLines.length} sx={{ verticalAlign: 'top' }}>
            <Day date={line.dateOfService} />
          </TableCell>
          <TableCell rowSpan={billLines.length} sx={{ verticalAlign: 'top' }}>
            <ServiceOfLine line={line} />
          </TableCell>
          <TableCell rowSpan={billLines.length} align="right" sx={{ verticalAlign: 'top' }}>
            <Amount amount={line.amount} currency={line.currency} />
          </TableCell>
        </>
      )}
      <TableCell>
        <PayerOfLine line={billLine} />
        <Typography variant="caption" component="div" sx={{ color: 'text.secondary' }}>
          {text('lines.sinceDay', { date: formatDate(billLine.responsibilityDate, locale) })}
        </Typography>
      </TableCell>
      <TableCell align="right">
        <Amount amount={billLine.openAmount} currency={billLine.currency} strong={billLine.openAmount > 0} quietZero />
      </TableCell>
      <TableCell>
        <BillLineMenu line={billLine} onAction={onAction} />
      </TableCell>
    </TableRow>
  ));
}
