import { Skeleton, Typography } from '@mui/material';
import { useState } from 'react';
import { useLedgerCommand } from '../accounts/useLedgerCommand.js';
import { openOf } from '../bill-lines/billLine.js';
import { useOpenLines } from '../bill-lines/useLines.js';
import { PartTrouble } from '../feedback/PartTrouble.js';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { formatMoney } from '../money/money.js';
import { CustomWriteOffField } from './CustomWriteOffField.js';
import { LinesToSend } from './LinesToSend.js';
import type { StepProps } from './ReferPage.js';
import { StepForm } from './StepForm.js';
import { zeroPayment } from './referSteps.js';
import { useCustomWriteOffs } from './useCustomWriteOffs.js';

/** Writes off the full balance of the lines that are ticked, in the window of the payment of nothing. */
export function WriteOffStep({ account, progress, onProgress, onDone }: StepProps) {
  const text = useText();
  const locale = useLocale();
  const query = useOpenLines(account.id);
  const { data } = query;
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const writeOffs = useCustomWriteOffs();
  const command = useLedgerCommand(account.id);
  const open = (data ?? []).filter(({ payerType }) => payerType === 'self');
  const lines = open.filter(({ id }) => !left.has(id));
  const hopeless = open.length === 0 || writeOffs.length === 0;
  const tick = (id: string, ticked: boolean) => {
    const next = new Set(left);
    if (ticked) next.delete(id);
    else next.add(id);
    setLeft(next);
  };
  if (!data) return <PartTrouble query={query} waiting={<Skeleton variant="rounded" height={140} />} />;
  return (
    <StepForm
      step="write-off"
      ready={lines.length > 0 && progress.typeCode !== ''}
      lacking={hopeless ? '' : lines.length === 0 ? text('referring.tickOne') : undefined}
      pending={command.isPending}
      error={command.error}
      currency={account.currency}
      onSubmit={() =>
        command.mutate(
          { path: 'payments', body: zeroPayment({ ...progress, lines }, account) },
          { onSuccess: () => onDone({ lines }) },
        )
      }
    >
      <CustomWriteOffField value={progress.typeCode} onChange={(typeCode) => onProgress({ typeCode })} />
      {open.length === 0 && <Typography variant="body2">{text('referring.nothing')}</Typography>}
      {open.length > 0 && <LinesToSend lines={open} left={left} onTick={tick} />}
      <Typography sx={{ fontWeight: 600 }}>
        {text('referring.fullBalance', {
          amount: formatMoney({ amount: openOf(lines), currency: account.currency }, locale),
        })}
      </Typography>
    </StepForm>
  );
}
