import { Chip } from '@mui/material';
import { useText } from '../i18n/useText.js';
import type { BillLine } from './billLine.js';

/** Insurers and agencies stand out, for what they owe is no part of the balance. */
export function PayerOfLine({ line }: { line: Pick<BillLine, 'payerType' | 'payerName'> }) {
  const text = useText();
  if (line.payerType === 'self') return <>{text('payers.self')}</>;
  return (
    <Chip
      size="small"
      variant="outlined"
      color={line.payerType === 'generic' ? 'warning' : 'info'}
      label={line.payerName}
    />
  );
}
