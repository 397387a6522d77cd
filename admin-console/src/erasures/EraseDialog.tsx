import { Alert, Box, Typography } from '@mui/material';
import { useState } from 'react';
import type { AccountCard } from '../accounts/accountTypes.js';
import { useLedgerCommand } from '../accounts/useLedgerCommand.js';
import { FormDialog } from '../forms/FormDialog.js';
import { LineField } from '../forms/LineField.js';
import { SelectField } from '../forms/SelectField.js';
import { useText } from '../i18n/useText.js';
import { erasureReasons } from './erasure.js';

const parts = {
  goes: ['name', 'contact', 'language', 'identifiers', 'notes', 'disputes'],
  stays: ['number', 'figures', 'texts', 'audit', 'files'],
} as const;

/** Erases what is personal of an account, for ever: says what goes and what stays, and wants the number typed (S28). */
export function EraseDialog({ account, onClose }: { account: AccountCard; onClose: () => void }) {
  const text = useText();
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const command = useLedgerCommand(account.id);
  const same = typed.trim() === account.accountNumber;
  const begun = account.accountNumber.startsWith(typed.trim());
  return (
    <FormDialog
      title={text('erasures.dialogTitle')}
      intro={[account.accountNumber, account.name].filter(Boolean).join(' · ')}
      submit={text('erasures.erase')}
      danger
      maxWidth="sm"
      pending={command.isPending}
      ready={reason !== '' && same}
      error={command.error}
      onSubmit={() =>
        command.mutate(
          { path: 'erasures', body: { accountId: account.id, reason }, done: text('erasures.done') },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    >
      <Alert severity="warning">{text('erasures.final')}</Alert>
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' } }}>
        <Part part="goes" />
        <Part part="stays" />
      </Box>
      <SelectField
        label={text('erasures.reason')}
        field="reason"
        value={reason}
        options={erasureReasons.map((code) => ({ value: code, label: text(`erasures.reasons.${code}`) }))}
        onChange={setReason}
        hint={text('erasures.reasonHint')}
        required
      />
      <LineField
        label={text('erasures.typeNumber', { number: account.accountNumber })}
        value={typed}
        onChange={setTyped}
        problem={begun ? undefined : text('erasures.otherNumber')}
        hint={text('erasures.typeNumberHint')}
        lengthMax={100}
        required
      />
    </FormDialog>
  );
}

/** What goes for ever, or what stays, item by item. */
function Part({ part }: { part: keyof typeof parts }) {
  const text = useText();
  return (
    <Box component="section">
      <Typography variant="h3" sx={{ mb: 0.5 }}>
        {text(`erasures.${part}.title`)}
      </Typography>
      <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
        {parts[part].map((item) => (
          <Typography key={item} component="li" variant="body2">
            {text(`erasures.${part}.${item}`)}
          </Typography>
        ))}
      </Box>
    </Box>
  );
}
