import { Box, Typography } from '@mui/material';
import { Day } from '../dates/Day.js';
import { useText } from '../i18n/useText.js';
import { Amount } from '../money/Amount.js';
import { BillLineMenu, type BillLineAction } from './BillLineMenu.js';
import { PayerOfLine } from './PayerOfLine.js';
import { ServiceOfLine } from './ServiceOfLine.js';
import type { BillLine, LineWithPayers } from './billLine.js';

interface LineCardsProps {
  label: string;
  lines: readonly LineWithPayers[];
  onAction: (action: BillLineAction, line: BillLine) => void;
}

const ends = { display: 'flex', justifyContent: 'space-between', alignItems: 'center', gap: 1 } as const;

/** The lines of an invoice on a small screen: what was charged, and below it who owes how much of it since when. */
export function LineCards({ label, lines, onAction }: LineCardsProps) {
  const text = useText();
  return (
    <Box component="ul" aria-label={label} sx={{ listStyle: 'none', m: 0, mt: 1, p: 0, display: 'grid', gap: 1 }}>
      {lines.map(({ line, billLines }) => (
        <Box
          component="li"
          key={line.id}
          sx={{ p: 1.25, borderRadius: 1, display: 'grid', gap: 1, bgcolor: (theme) => theme.palette.tokens.raised }}
        >
          <Box sx={{ ...ends, alignItems: 'start' }}>
            <Box sx={{ minWidth: 0, fontSize: '0.875rem' }}>
              <ServiceOfLine line={line} />
              <Typography variant="caption" component="div" sx={{ color: 'text.secondary' }}>
                {text('lines.dateOfService')} <Day date={line.dateOfService} />
              </Typography>
            </Box>
            <Box sx={{ textAlign: 'right', fontSize: '0.875rem' }}>
              <Amount amount={line.amount} currency={line.currency} />
              <Typography variant="caption" component="div" sx={{ color: 'text.secondary' }}>
                {text('lines.amount')}
              </Typography>
            </Box>
          </Box>
          {billLines.map((billLine) => (
            <OwedBy key={billLine.id} line={billLine} onAction={onAction} />
          ))}
        </Box>
      ))}
    </Box>
  );
}

function OwedBy({ line, onAction }: { line: BillLine } & Pick<LineCardsProps, 'onAction'>) {
  const text = useText();
  const { openAmount, currency, responsibilityDate } = line;
  return (
    <Box sx={{ borderTop: 1, borderColor: 'divider', pt: 0.75, fontSize: '0.875rem' }}>
      <Box sx={ends}>
        <PayerOfLine line={line} />
        <Amount amount={openAmount} currency={currency} strong={openAmount > 0} quietZero code />
      </Box>
      <Box sx={ends}>
        <Typography variant="caption" sx={{ color: 'text.secondary' }}>
          {text('lines.since')} <Day date={responsibilityDate} />
        </Typography>
        <BillLineMenu line={line} onAction={onAction} />
      </Box>
    </Box>
  );
}
