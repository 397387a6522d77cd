import { Box, Chip } from '@mui/material';
import { Day } from '../dates/Day.js';
import { useText } from '../i18n/useText.js';
import { Amount } from '../money/Amount.js';
import { RowsTable, type RowColumn } from './RowsTable.js';
import type { AccountCard, LedgerInvoice } from './accountTypes.js';
import { useAccountRows } from './useAccount.js';

/** All invoices of an account, with what is open of each today. */
export function InvoicesTab({ account }: { account: AccountCard }) {
  const text = useText();
  const query = useAccountRows<LedgerInvoice>('/api/ledger/invoices', account.id, ['dueDate', 'DESC']);
  return <RowsTable query={query} columns={columns} empty={text('accounts.noInvoices')} />;
}

function Number({ invoice }: { invoice: LedgerInvoice }) {
  const text = useText();
  return (
    <>
      <Box component="span" sx={{ fontWeight: 600 }}>
        {invoice.number}
      </Box>{' '}
      {invoice.disputed && (
        <Chip size="small" color="warning" variant="outlined" label={text('invoices.disputed')} sx={{ ml: 1 }} />
      )}
    </>
  );
}

const columns: readonly RowColumn<LedgerInvoice>[] = [
  { label: 'invoices.number', cell: (invoice) => <Number invoice={invoice} /> },
  { label: 'invoices.invoiceDate', cell: ({ invoiceDate }) => <Day date={invoiceDate} /> },
  { label: 'invoices.dueDate', cell: ({ dueDate }) => <Day date={dueDate} /> },
  {
    label: 'invoices.total',
    numeric: true,
    cell: ({ total, currency }) => <Amount amount={total} currency={currency} />,
  },
  {
    label: 'invoices.open',
    numeric: true,
    cell: ({ openAmount, currency }) => (
      <Amount amount={openAmount} currency={currency} strong={openAmount > 0} quietZero code />
    ),
  },
];
