import { Box, Chip, Skeleton, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import type { AccountCard } from '../accounts/accountTypes.js';
import { Day } from '../dates/Day.js';
import { PartTrouble } from '../feedback/PartTrouble.js';
import { useText } from '../i18n/useText.js';
import { Amount } from '../money/Amount.js';
import { ServiceTypeName } from '../reference-data/ServiceTypeName.js';
import { BillLineMenu, type BillLineAction } from './BillLineMenu.js';
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
  if (!data) return <PartTrouble query={query} waiting={<Skeleton variant="rounded" height={72} sx={{ m: 1.5 }} />} />;
  return (
    <Table size="small" aria-label={text('lines.of', { invoice: invoice.number })}>
      <TableHead>
        <TableRow>
          <TableCell>{text('lines.service')}</TableCell>
          <TableCell align="right">{text('lines.amount')}</TableCell>
          <TableCell>{text('lines.payer')}</TableCell>
          <TableCell>{text('lines.since')}</TableCell>
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
  return billLines.map((billLine, index) => (
    <TableRow key={billLine.id}>
      {index === 0 && (
        <>
          <TableCell rowSpan={billLines.length} sx={{ verticalAlign: 'top' }}>
            <Box component="span" sx={{ fontWeight: 600 }}>
              {line.description ?? <ServiceTypeName code={line.serviceTypeCode} />}
            </Box>
            <Typography variant="caption" component="div" sx={{ color: 'text.secondary' }}>
              <Day date={line.dateOfService} />
            </Typography>
          </TableCell>
          <TableCell rowSpan={billLines.length} align="right" sx={{ verticalAlign: 'top' }}>
            <Amount amount={line.amount} currency={line.currency} />
          </TableCell>
        </>
      )}
      <TableCell>
        <PayerName line={billLine} />
      </TableCell>
      <TableCell>
        <Day date={billLine.responsibilityDate} />
      </TableCell>
      <TableCell align="right">
        <Amount
          amount={billLine.openAmount}
          currency={billLine.currency}
          strong={billLine.openAmount > 0}
          quietZero
          code
        />
      </TableCell>
      <TableCell>
        <BillLineMenu line={billLine} onAction={onAction} />
      </TableCell>
    </TableRow>
  ));
}

/** Insurers and agencies stand out, for what they owe is no part of the balance. */
function PayerName({ line }: { line: BillLine }) {
  const text = useText();
  if (line.payerType === 'self') return <>{text('payers.self')}</>;
  return (
    <Chip
      size="small"
      variant="outlined"
      color={line.payerType === 'generic' ? 'warning' : 'info'}
      label={line.payerName}
    />
  );
}
