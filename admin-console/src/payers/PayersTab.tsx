import Add from '@mui/icons-material/Add';
import EditOutlined from '@mui/icons-material/EditOutlined';
import { Box, Button, Chip, IconButton } from '@mui/material';
import { useState } from 'react';
import { useMay } from '../api/identity.js';
import type { AccountCard } from '../accounts/accountTypes.js';
import { RowsTable, type RowColumn } from '../accounts/RowsTable.js';
import { useText } from '../i18n/useText.js';
import { PayerInvoices } from '../payer-invoices/PayerInvoices.js';
import { AssignPayerDialog } from './AssignPayerDialog.js';
import type { AccountPayer } from './payer.js';
import { useAccountPayers } from './usePayers.js';

/** Who may be billed for this account besides itself (LED-11). */
export function PayersTab({ account }: { account: AccountCard }) {
  const text = useText();
  const may = useMay();
  const query = useAccountPayers(account.id);
  const [edited, setEdited] = useState<AccountPayer | 'new'>();
  const columns = columnsOf(text, may('account-payers', 'edit') ? setEdited : undefined);
  return (
    <>
      {may('account-payers', 'create') && (
        <Box sx={{ display: 'flex', justifyContent: 'flex-end', px: 2, py: 1.25 }}>
          <Button size="small" variant="outlined" startIcon={<Add />} onClick={() => setEdited('new')}>
            {text('payers.assign')}
          </Button>
        </Box>
      )}
      <RowsTable query={query} columns={columns} empty={text('payers.noneAssigned')} />
      <PayerInvoices account={account} />
      {edited && (
        <AssignPayerDialog
          account={account}
          assigned={query.data?.rows ?? []}
          edited={edited === 'new' ? undefined : edited}
          onClose={() => setEdited(undefined)}
        />
      )}
    </>
  );
}

function columnsOf(
  text: ReturnType<typeof useText>,
  onEdit: ((payer: AccountPayer) => void) | undefined,
): readonly RowColumn<AccountPayer>[] {
  const shown: RowColumn<AccountPayer>[] = [
    {
      label: 'payers.name',
      cell: ({ payerName, payerCode }) => (
        <Box component="span" sx={{ fontWeight: 600 }}>
          {payerName ?? payerCode}
        </Box>
      ),
    },
    { label: 'payers.type', cell: ({ payerType }) => text(`payers.types.${payerType}`) },
    { label: 'payers.groupNumber', cell: ({ groupNumber }) => groupNumber },
    { label: 'payers.policyId', cell: ({ policyId }) => policyId },
    {
      label: 'payers.state',
      onCard: 'main',
      cell: ({ active }) => (
        <Chip size="small" variant="outlined" label={text(active ? 'payers.assigned' : 'payers.ended')} />
      ),
    },
  ];
  if (!onEdit) return shown;
  const edit: RowColumn<AccountPayer> = {
    label: 'flags.edit',
    hidden: true,
    cell: (payer) => (
      <IconButton
        size="small"
        aria-label={text('flags.editOf', { name: payer.payerName ?? payer.payerCode })}
        onClick={() => onEdit(payer)}
      >
        <EditOutlined fontSize="small" />
      </IconButton>
    ),
  };
  return [...shown, edit];
}
