import ExpandMore from '@mui/icons-material/ExpandMore';
import { Box, Card, IconButton, Skeleton, Typography } from '@mui/material';
import { Fragment, useState, type ReactNode } from 'react';
import { useText } from '../i18n/useText.js';
import { Amount } from '../money/Amount.js';
import type { FigureColumn } from './FiguresTable.js';

interface FigureCardsProps<Row, Total> {
  label: string;
  columns: readonly FigureColumn<Row, Total>[];
  rows: readonly Row[] | undefined;
  totals: readonly Total[] | undefined;
  /** Whether what is shown is of the view before. */
  stale: boolean;
}

/** A report on the books on a small screen: a card a row, its main figure beside its name, below it those that are not 0. */
export function FigureCards<Row extends Total & { id: string }, Total extends { currency: string }>(
  props: FigureCardsProps<Row, Total>,
) {
  const { label, columns, rows, totals = [], stale } = props;
  const text = useText();
  const [first, ...rest] = columns;
  // The amounts tell their currency themselves.
  const words = rest.filter(({ key, numeric }) => !numeric && key !== 'currency');
  if (!rows) return <Skeleton variant="rounded" height={320} sx={{ m: 1 }} />;
  return (
    <Box
      component="ul"
      aria-label={label}
      aria-busy={stale}
      sx={{ display: 'grid', gap: 1, p: 1, pt: 0, m: 0, listStyle: 'none', opacity: stale ? 0.6 : 1 }}
    >
      {totals.map((total) => (
        <FigureCard
          key={total.currency}
          title={<strong>{text('report.total', { currency: total.currency })}</strong>}
          columns={columns}
          figures={total}
          folded
        />
      ))}
      {rows.map((row) => (
        <FigureCard key={row.id} title={first?.cell(row)} columns={columns} figures={row}>
          {words.map(({ key, label: heading, named, cell }) => (
            <Box key={key} component="span" sx={{ minWidth: 0 }}>
              {named && `${heading} `}
              {cell(row)}
            </Box>
          ))}
        </FigureCard>
      ))}
    </Box>
  );
}

interface FigureCardProps<Row, Total> {
  title: ReactNode;
  columns: readonly FigureColumn<Row, Total>[];
  figures: Total;
  /** Whether all but the main figure comes on demand. */
  folded?: boolean;
  children?: ReactNode;
}

function FigureCard<Row, Total extends { currency: string }>(props: FigureCardProps<Row, Total>) {
  const { title, columns, figures, folded = false, children } = props;
  const text = useText();
  const [open, setOpen] = useState(!folded);
  const { currency } = figures;
  const amounts = columns.flatMap(({ key, label, main = false, amount }) =>
    amount ? [{ key, label, main, of: amount(figures) }] : [],
  );
  return (
    <Card
      component="li"
      sx={{
        p: 1.25,
        display: 'grid',
        gap: 0.5,
        ...(folded ? { bgcolor: (theme) => theme.palette.tokens.raised } : {}),
      }}
    >
      <Box sx={{ display: 'flex', gap: 1, minWidth: 0 }}>
        <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
          {title}
          <Typography
            variant="body2"
            component="div"
            sx={{ color: 'text.secondary', display: 'flex', flexWrap: 'wrap', columnGap: 1.5 }}
          >
            {children}
          </Typography>
        </Box>
        {amounts
          .filter(({ main }) => main)
          .map(({ key, label, of }) => (
            <Box key={key} sx={{ textAlign: 'right', ml: 'auto' }}>
              <Amount amount={of} currency={currency} strong code quietZero />
              <Typography variant="caption" component="div" sx={{ color: 'text.secondary' }}>
                {label}
              </Typography>
            </Box>
          ))}
        {folded && (
          <IconButton
            size="small"
            aria-expanded={open}
            aria-label={text('ledgerReports.figuresOf', { currency })}
            onClick={() => setOpen(!open)}
            sx={{ alignSelf: 'start', m: -0.5 }}
          >
            <ExpandMore fontSize="small" sx={{ transform: open ? 'rotate(180deg)' : 'none' }} />
          </IconButton>
        )}
      </Box>
      {open && <Figures currency={currency} amounts={amounts.filter(({ main, of }) => !main && of !== 0)} />}
    </Card>
  );
}

interface FiguresProps {
  currency: string;
  amounts: readonly { key: string; label: string; of: number }[];
}

function Figures({ currency, amounts }: FiguresProps) {
  if (amounts.length === 0) return null;
  return (
    <Box component="dl" sx={{ m: 0, display: 'grid', gridTemplateColumns: '1fr auto', rowGap: 0.25, columnGap: 1 }}>
      {amounts.map(({ key, label, of }) => (
        <Fragment key={key}>
          <Typography component="dt" variant="body2" sx={{ color: 'text.secondary' }}>
            {label}
          </Typography>
          <Typography component="dd" variant="body2" sx={{ m: 0, textAlign: 'right' }}>
            <Amount amount={of} currency={currency} />
          </Typography>
        </Fragment>
      ))}
    </Box>
  );
}
