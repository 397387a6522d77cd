import { Box, Button, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { ServiceDay } from '../bill-lines/ServiceDay.js';
import type { BillLine } from '../bill-lines/billLine.js';
import { AmountField } from '../forms/AmountField.js';
import { useText } from '../i18n/useText.js';
import { ScrollArea } from '../layout/ScrollArea.js';
import { Amount } from '../money/Amount.js';
import { asTyped } from '../money/typedAmount.js';
import type { PaymentProblem } from './paymentForm.js';
import { useProblemWords } from './useProblemWords.js';

type Typed = Readonly<Record<string, string>>;

interface LineAmountsProps {
  lines: readonly BillLine[];
  /** The line that stands on top: the one that the window was opened on. */
  first: string | undefined;
  currency: string;
  /** Undefined where the payment goes to the oldest first by itself. */
  paid: Typed | undefined;
  /** Undefined where nothing can be written off. */
  writtenOff: Typed | undefined;
  problems: readonly PaymentProblem[];
  onPaid: (paid: Typed) => void;
  onWrittenOff: (writtenOff: Typed) => void;
}

/** What is open, and beside each line what is paid and written off of it. */
export function LineAmounts(props: LineAmountsProps) {
  const { lines, first, currency, paid, writtenOff, problems, onPaid, onWrittenOff } = props;
  const text = useText();
  const words = useProblemWords();
  if (lines.length === 0)
    return (
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>
        {text('payments.nothingOpen')}
      </Typography>
    );
  const shown = lines.toSorted((a, b) => Number(b.id === first) - Number(a.id === first));
  const inFull = () =>
    onWrittenOff(Object.fromEntries(lines.map(({ id, openAmount }) => [id, asTyped(openAmount, currency)])));
  return (
    <Box>
      {writtenOff && (
        <Box sx={{ display: 'flex', justifyContent: 'flex-end', mb: 0.5 }}>
          <Button size="small" onClick={inFull}>
            {text('payments.writeOffAll')}
          </Button>
        </Box>
      )}
      <ScrollArea label={text('payments.openLines')}>
        <Table size="small" sx={{ minWidth: 480 }}>
          <TableHead>
            <TableRow>
              <TableCell>{text('invoices.number')}</TableCell>
              <TableCell>{text('lines.dateOfService')}</TableCell>
              <TableCell align="right">{text('lines.open')}</TableCell>
              {paid && <TableCell align="right">{text('payments.payment')}</TableCell>}
              {writtenOff && <TableCell align="right">{text('payments.writeOff')}</TableCell>}
            </TableRow>
          </TableHead>
          <TableBody>
            {shown.map((line) => {
              const of = { invoice: line.invoiceNumber };
              const wrong = words(problems, line.id);
              // The two together are more than is open: the one that was added to the other is marked.
              const written = (writtenOff?.[line.id] ?? '') !== '' || !paid;
              return (
                <TableRow key={line.id}>
                  <TableCell sx={{ fontWeight: 600, whiteSpace: 'nowrap' }}>{line.invoiceNumber}</TableCell>
                  <TableCell>
                    <ServiceDay line={line} />
                  </TableCell>
                  <TableCell align="right">
                    <Amount amount={line.openAmount} currency={currency} />
                  </TableCell>
                  {paid && (
                    <TableCell align="right">
                      <AmountField
                        bare
                        label={text('payments.paymentOf', of)}
                        typed={paid[line.id] ?? ''}
                        currency={currency}
                        onChange={(typed) => onPaid({ ...paid, [line.id]: typed })}
                        problem={written ? undefined : wrong}
                        sx={fieldWidth}
                      />
                    </TableCell>
                  )}
                  {writtenOff && (
                    <TableCell align="right">
                      <AmountField
                        bare
                        label={text('payments.writeOffOf', of)}
                        typed={writtenOff[line.id] ?? ''}
                        currency={currency}
                        onChange={(typed) => onWrittenOff({ ...writtenOff, [line.id]: typed })}
                        problem={written ? wrong : undefined}
                        sx={fieldWidth}
                      />
                    </TableCell>
                  )}
                </TableRow>
              );
            })}
          </TableBody>
        </Table>
      </ScrollArea>
    </Box>
  );
}

const fieldWidth = { width: 130 };
