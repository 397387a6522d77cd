import { Typography } from '@mui/material';
import { useLedgerCommand } from '../accounts/useLedgerCommand.js';
import { useText } from '../i18n/useText.js';
import { usePayers } from '../payers/usePayers.js';
import { Name } from '../reference-data/Name.js';
import type { StepProps } from './ReferPage.js';
import { StepForm } from './StepForm.js';

/** Makes out the agency's invoice from the lines queued to it (LED-24). */
export function InvoiceStep({ account, progress, onDone }: StepProps) {
  const text = useText();
  const { nameOf } = usePayers();
  const command = useLedgerCommand(account.id);
  const { payerCode } = progress;
  const payer = nameOf(payerCode);
  return (
    <StepForm
      step="invoice"
      ready
      pending={command.isPending}
      error={command.error}
      currency={account.currency}
      onSubmit={() =>
        command.mutate(
          { path: 'payer-invoices', body: { accountId: account.id, payerCode } },
          { onSuccess: () => onDone() },
        )
      }
    >
      <Typography>
        <Name of={payer && text('referring.invoiceFor', { payer })} width={220} />
      </Typography>
    </StepForm>
  );
}
