import { Typography } from '@mui/material';
import { useLedgerCommand } from '../accounts/useLedgerCommand.js';
import { openOf } from '../bill-lines/billLine.js';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { formatMoney } from '../money/money.js';
import { usePayers } from '../payers/usePayers.js';
import { Name } from '../reference-data/Name.js';
import type { StepProps } from './ReferPage.js';
import { StepForm } from './StepForm.js';

/** Queues the written-off lines to the agency's payer, all of them together. */
export function QueueStep({ account, progress, onProgress, onDone }: StepProps) {
  const text = useText();
  const locale = useLocale();
  const { nameOf } = usePayers();
  const command = useLedgerCommand(account.id);
  const { lines, payerCode } = progress;
  const payer = nameOf(payerCode);
  const amount = formatMoney({ amount: openOf(lines), currency: account.currency }, locale);
  return (
    <StepForm
      step="queue"
      ready={lines.length > 0}
      pending={command.isPending}
      error={command.error}
      currency={account.currency}
      onSubmit={() =>
        command.mutate(
          { path: 'bill-lines/queue', body: { payerCode, billLineIds: lines.map(({ id }) => id) } },
          { onSuccess: () => onDone() },
        )
      }
      onOtherAgency={() => onProgress({ step: 'assign' })}
    >
      <Typography>
        <Name of={payer && text('referring.queueLines', { count: lines.length, amount, payer })} width={280} />
      </Typography>
    </StepForm>
  );
}
