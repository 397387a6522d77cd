import KeyboardArrowDown from '@mui/icons-material/KeyboardArrowDown';
import KeyboardArrowRight from '@mui/icons-material/KeyboardArrowRight';
import { Box, Chip, IconButton, Typography } from '@mui/material';
import { useState } from 'react';
import { BillLineDialog } from '../bill-lines/BillLineDialog.js';
import type { BillLineAction } from '../bill-lines/BillLineMenu.js';
import { InvoiceLines } from '../bill-lines/InvoiceLines.js';
import type { BillLine } from '../bill-lines/billLine.js';
import { Day } from '../dates/Day.js';
import { daysBetween } from '../dates/dates.js';
import { useToday } from '../dates/useToday.js';
import { useText } from '../i18n/useText.js';
import { Amount } from '../money/Amount.js';
import { RowsTable, type RowColumn } from './RowsTable.js';
import type { AccountCard, LedgerInvoice } from './accountTypes.js';
import { useAccountRows } from './useAccount.js';

/** All invoices of an account with what is open of each today; a row opens to its lines and who owes them. */
export function InvoicesTab({ account }: { account: AccountCard }) {
  const text = useText();
  const query = useAccountRows<LedgerInvoice>('/api/ledger/invoices', account.id, ['dueDate', 'DESC']);
  const today = useToday()?.([account.officeCode]);
  const [open, setOpen] = useState<string>();
  const [begun, setBegun] = useState<{ action: BillLineAction; line: BillLine }>();
  const toggle = toggleOf(text, open, setOpen);
  return (
    <>
      <RowsTable
        query={query}
        columns={[toggle, ...columnsOf(today)]}
        empty={text('accounts.noInvoices')}
        renderBelow={(invoice) =>
          invoice.id === open && (
            <InvoiceLines account={account} invoice={invoice} onAction={(action, line) => setBegun({ action, line })} />
          )
        }
      />
      {begun && <BillLineDialog {...begun} account={account} onClose={() => setBegun(undefined)} />}
    </>
  );
}

/** The column that opens a row to its lines. */
function toggleOf(
  text: ReturnType<typeof useText>,
  open: string | undefined,
  onOpen: (id: string | undefined) => void,
): RowColumn<LedgerInvoice> {
  return {
    label: 'lines.show',
    hidden: true,
    cell: ({ id, number }) => (
      <IconButton
        size="small"
        aria-expanded={open === id}
        aria-label={text('lines.of', { invoice: number })}
        onClick={() => onOpen(open === id ? undefined : id)}
      >
        {open === id ? <KeyboardArrowDown fontSize="small" /> : <KeyboardArrowRight fontSize="small" />}
      </IconButton>
    ),
  };
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

/** When it is due and, while something is open of it, how long ago that was. */
function DueDay({ invoice: { dueDate, openAmount }, today }: { invoice: LedgerInvoice; today: string | undefined }) {
  const text = useText();
  const late = today === undefined || openAmount === 0 ? 0 : daysBetween(dueDate, today);
  return (
    <>
      <Day date={dueDate} />
      {late > 0 && (
        <Typography variant="caption" component="div" sx={{ color: 'error.main' }}>
          {text('report.daysPastDue', { count: late })}
        </Typography>
      )}
    </>
  );
}

const columnsOf = (today: string | undefined): readonly RowColumn<LedgerInvoice>[] => [
  { label: 'invoices.number', whole: true, onCard: 'title', cell: (invoice) => <Number invoice={invoice} /> },
  { label: 'invoices.invoiceDate', cell: ({ invoiceDate }) => <Day date={invoiceDate} /> },
  { label: 'invoices.dueDate', cell: (invoice) => <DueDay invoice={invoice} today={today} /> },
  {
    label: 'invoices.total',
    numeric: true,
    cell: ({ total, currency }) => <Amount amount={total} currency={currency} />,
  },
  {
    label: 'invoices.open',
    numeric: true,
    onCard: 'main',
    cell: ({ openAmount, currency }) => (
      <Amount amount={openAmount} currency={currency} strong={openAmount > 0} quietZero code />
    ),
  },
];
