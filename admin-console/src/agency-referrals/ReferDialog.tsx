import { Link } from '@mui/material';
import { useState } from 'react';
import { Link as RouterLink } from 'react-router';
import type { AccountCard } from '../accounts/accountTypes.js';
import { useLedgerCommand } from '../accounts/useLedgerCommand.js';
import { openOf } from '../bill-lines/billLine.js';
import { useOpenLines } from '../bill-lines/useLines.js';
import { PartTrouble } from '../feedback/PartTrouble.js';
import { FormDialog } from '../forms/FormDialog.js';
import { KeptField } from '../forms/KeptField.js';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { formatMoney } from '../money/money.js';
import { AgencyField } from './AgencyField.js';
import { CustomWriteOffField } from './CustomWriteOffField.js';

/** Refers all that the account owes to an agency, as one command that books what the steps book (LED-41). */
export function ReferDialog({ account, onClose }: { account: AccountCard; onClose: () => void }) {
  const text = useText();
  const locale = useLocale();
  const lines = useOpenLines(account.id);
  const { data: open } = lines;
  const [payerCode, setPayerCode] = useState('');
  const [typeCode, setTypeCode] = useState('');
  const [reference, setReference] = useState('');
  const command = useLedgerCommand(account.id);
  const amount = openOf((open ?? []).filter(({ payerType }) => payerType === 'self'));
  const balance = formatMoney({ amount, currency: account.currency }, locale);
  return (
    <FormDialog
      title={text('referring.title')}
      intro={open && text(amount === 0 ? 'referring.nothing' : 'referring.intro', { balance })}
      submit={text('referring.refer')}
      pending={command.isPending}
      ready={amount > 0 && payerCode !== '' && typeCode !== ''}
      {...(amount === 0 ? { lacking: '' } : {})}
      error={command.error}
      currency={account.currency}
      onSubmit={() =>
        command.mutate(
          {
            path: 'agency-referrals',
            body: {
              accountId: account.id,
              payerCode,
              transactionTypeCode: typeCode,
              ...(reference.trim() ? { reference: reference.trim() } : {}),
            },
            done: text('referring.done', { balance }),
          },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    >
      <PartTrouble query={lines} />
      <AgencyField value={payerCode} onChange={setPayerCode} />
      <CustomWriteOffField value={typeCode} onChange={setTypeCode} />
      <KeptField
        label={text('transactions.reference')}
        field="reference"
        value={reference}
        onChange={setReference}
        lengthMax={200}
      />
      <Link component={RouterLink} to={`/accounts/${account.id}/refer`} variant="body2">
        {text('referring.toSteps')}
      </Link>
    </FormDialog>
  );
}
