import { Box, Typography } from '@mui/material';
import { RowsTable, type RowColumn } from '../accounts/RowsTable.js';
import type { AccountCard } from '../accounts/accountTypes.js';
import { useAccountRows } from '../accounts/useAccount.js';
import { Day } from '../dates/Day.js';
import { useText } from '../i18n/useText.js';
import { Amount } from '../money/Amount.js';

/** An invoice made out to a payer; amounts in minor units (LED-24). */
interface PayerInvoice {
  id: string;
  number: string;
  payerName: string;
  invoiceDate: string;
  total: number;
  openAmount: number;
  lines: number;
  currency: string;
}

/** The invoices made out to the payers of an account. */
export function PayerInvoices({ account }: { account: AccountCard }) {
  const text = useText();
  const query = useAccountRows<PayerInvoice>('/api/ledger/payer-invoices', account.id, ['invoiceDate', 'DESC']);
  if (query.data?.rows.length === 0) return null;
  return (
    <Box sx={{ borderTop: 1, borderColor: 'divider', pt: 1.5 }}>
      <Typography variant="h3" component="h2" sx={{ px: 1.25, mb: 1 }}>
        {text('payerInvoices.title')}
      </Typography>
      <RowsTable query={query} columns={columns} empty={text('payerInvoices.none')} />
    </Box>
  );
}

const columns: readonly RowColumn<PayerInvoice>[] = [
  {
    label: 'invoices.number',
    whole: true,
    cell: ({ number }) => (
      <Box component="span" sx={{ fontWeight: 600 }}>
        {number}
      </Box>
    ),
  },
  { label: 'payers.payer', cell: ({ payerName }) => payerName },
  { label: 'invoices.invoiceDate', cell: ({ invoiceDate }) => <Day date={invoiceDate} /> },
  { label: 'payerInvoices.lines', numeric: true, cell: ({ lines }) => lines },
  {
    label: 'payerInvoices.total',
    numeric: true,
    cell: ({ total, currency }) => <Amount amount={total} currency={currency} />,
  },
  {
    label: 'payerInvoices.open',
    numeric: true,
    onCard: 'main',
    cell: ({ openAmount, currency }) => (
      <Amount amount={openAmount} currency={currency} strong={openAmount > 0} quietZero code />
    ),
  },
];
