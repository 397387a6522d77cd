import { Box, FormControlLabel, Radio, RadioGroup, Skeleton } from '@mui/material';
import { useState } from 'react';
import type { AccountCard } from '../accounts/accountTypes.js';
import { useLedgerCommand } from '../accounts/useLedgerCommand.js';
import type { BillLine } from '../bill-lines/billLine.js';
import { useOpenLines } from '../bill-lines/useLines.js';
import { useToday } from '../dates/useToday.js';
import { PartTrouble } from '../feedback/PartTrouble.js';
import { AmountField } from '../forms/AmountField.js';
import { DayField } from '../forms/DayField.js';
import { FormDialog } from '../forms/FormDialog.js';
import { KeptField } from '../forms/KeptField.js';
import { useText } from '../i18n/useText.js';
import { asTyped } from '../money/typedAmount.js';
import { usePayers } from '../payers/usePayers.js';
import { LineAmounts } from './LineAmounts.js';
import { PayerOfPayment } from './PayerOfPayment.js';
import { WriteOffTypeField } from './WriteOffTypeField.js';
import { paymentBody, problemsOf, type PaymentForm } from './paymentForm.js';
import { useProblemWords } from './useProblemWords.js';

interface PaymentDialogProps {
  account: AccountCard;
  /** The line it was begun on: its payer pays, unless chosen otherwise. */
  line?: BillLine | undefined;
  onClose: () => void;
}

/** A new payment, of nothing too, with its write-offs in the same window (LED-30). */
export function PaymentDialog({ account, line, onClose }: PaymentDialogProps) {
  const text = useText();
  const words = useProblemWords();
  const today = useToday()?.([account.officeCode]);
  const { payers } = usePayers();
  const selfCode = payers.find(({ type }) => type === 'self')?.code ?? 'SELF';
  const openLines = useOpenLines(account.id);
  const { data: open } = openLines;
  const [form, setForm] = useState<PaymentForm>({
    payerCode: line?.payerCode ?? selfCode,
    amount: '',
    effectiveDate: '',
    reference: '',
    allocation: 'oldest-first',
    paid: {},
    writtenOff: {},
    writeOffType: '',
  });
  const command = useLedgerCommand(account.id);
  const change = (part: Partial<PaymentForm>) => setForm({ ...form, ...part });
  const { currency } = account;
  const lines = (open ?? []).filter(({ payerCode }) => payerCode === form.payerCode);
  const self = form.payerCode === selfCode;
  // Until it is known that nothing is open, their place is kept.
  const hasLines = !open || lines.length > 0;
  const dated = { ...form, effectiveDate: form.effectiveDate || (today ?? '') };
  const problems = problemsOf(dated, lines, currency);
  return (
    <FormDialog
      title={text('payments.new')}
      intro={text('payments.intro')}
      submit={text('payments.save')}
      maxWidth="md"
      pending={command.isPending}
      ready={problems.length === 0 && dated.effectiveDate !== '' && open !== undefined}
      error={command.error}
      currency={currency}
      onSubmit={() =>
        command.mutate(
          { path: 'payments', body: paymentBody(dated, account, selfCode), done: text('payments.saved') },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    >
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' } }}>
        <PayerOfPayment
          open={open ?? []}
          payerCode={form.payerCode}
          selfCode={selfCode}
          onChange={(payerCode) => change({ payerCode, paid: {}, writtenOff: {} })}
        />
        <KeptField
          label={text('transactions.reference')}
          field="reference"
          value={form.reference}
          onChange={(reference) => change({ reference })}
          lengthMax={200}
        />
        <AmountField
          label={text('transactions.amount')}
          field="amount"
          typed={form.amount}
          currency={currency}
          onChange={(amount) => change({ amount })}
          hint={text('payments.amountHint', { zero: asTyped(0, currency) })}
          problem={words(problems, null)}
          required
          autoFocus
        />
        <DayField
          label={text('transactions.effectiveDate')}
          field="effectiveDate"
          required
          day={dated.effectiveDate}
          max={today}
          onChange={(effectiveDate) => change({ effectiveDate })}
        />
      </Box>
      {hasLines && (
        <RadioGroup
          row
          aria-label={text('payments.allocation')}
          value={form.allocation}
          onChange={(_, value) => change({ allocation: value === 'by-hand' ? 'by-hand' : 'oldest-first' })}
        >
          <FormControlLabel value="oldest-first" control={<Radio />} label={text('payments.oldestFirst')} />
          <FormControlLabel value="by-hand" control={<Radio />} label={text('payments.byHand')} />
        </RadioGroup>
      )}
      {self && hasLines && (
        <WriteOffTypeField
          value={form.writeOffType}
          onChange={(writeOffType) => change({ writeOffType })}
          missing={problems.some(({ kind }) => kind === 'no-type')}
        />
      )}
      <PartTrouble query={openLines} waiting={<Skeleton variant="rounded" height={120} />} />
      {open && (
        <LineAmounts
          lines={lines}
          first={line?.id}
          currency={currency}
          paid={form.allocation === 'by-hand' ? form.paid : undefined}
          writtenOff={self ? form.writtenOff : undefined}
          problems={problems}
          onPaid={(paid) => change({ paid })}
          onWrittenOff={(writtenOff) => change({ writtenOff })}
        />
      )}
    </FormDialog>
  );
}
