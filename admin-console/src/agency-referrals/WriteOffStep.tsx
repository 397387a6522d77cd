import { Checkbox, Skeleton, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { useState } from 'react';
import { useLedgerCommand } from '../accounts/useLedgerCommand.js';
import { openOf } from '../bill-lines/billLine.js';
import { useOpenLines } from '../bill-lines/useLines.js';
import { Day } from '../dates/Day.js';
import { ErrorPanel } from '../feedback/ErrorPanel.js';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { ScrollArea } from '../layout/ScrollArea.js';
import { Amount } from '../money/Amount.js';
import { formatMoney } from '../money/money.js';
import { CustomWriteOffField } from './CustomWriteOffField.js';
import type { StepProps } from './ReferPage.js';
import { StepForm } from './StepForm.js';
import { zeroPayment } from './referSteps.js';

/** Writes off the full balance of the lines that are ticked, in the window of the payment of nothing. */
export function WriteOffStep({ account, progress, onProgress, onDone }: StepProps) {
  const text = useText();
  const locale = useLocale();
  const { data, error, refetch } = useOpenLines(account.id);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const command = useLedgerCommand(account.id);
  const open = (data ?? []).filter(({ payerType }) => payerType === 'self');
  const lines = open.filter(({ id }) => !left.has(id));
  const tick = (id: string, ticked: boolean) => {
    const next = new Set(left);
    if (ticked) next.delete(id);
    else next.add(id);
    setLeft(next);
  };
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton variant="rounded" height={140} />;
  return (
    <StepForm
      step="write-off"
      ready={lines.length > 0 && progress.typeCode !== ''}
      lacking={open.length > 0 && lines.length === 0 ? text('referring.tickOne') : undefined}
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
      {open.length > 0 && (
        <ScrollArea label={text('payments.openLines')}>
          <Table size="small">
            <TableHead>
              <TableRow>
                <TableCell padding="checkbox" />
                <TableCell>{text('invoices.number')}</TableCell>
                <TableCell>{text('lines.service')}</TableCell>
                <TableCell align="right">{text('payments.writeOff')}</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {open.map((line) => (
                <TableRow key={line.id}>
                  <TableCell padding="checkbox">
                    <Checkbox
                      size="small"
                      checked={!left.has(line.id)}
                      onChange={(_, ticked) => tick(line.id, ticked)}
                      slotProps={{
                        input: { 'aria-label': text('referring.include', { invoice: line.invoiceNumber }) },
                      }}
                    />
                  </TableCell>
                  <TableCell sx={{ fontWeight: 600, whiteSpace: 'nowrap' }}>{line.invoiceNumber}</TableCell>
                  <TableCell>
                    <Day date={line.dateOfService} />
                  </TableCell>
                  <TableCell align="right">
                    <Amount amount={line.openAmount} currency={line.currency} />
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </ScrollArea>
      )}
      <Typography sx={{ fontWeight: 600 }}>
        {text('referring.fullBalance', {
          amount: formatMoney({ amount: openOf(lines), currency: account.currency }, locale),
        })}
      </Typography>
    </StepForm>
  );
}
