import { Box, Typography } from '@mui/material';
import { Fragment } from 'react';
import { useText } from '../i18n/useText.js';
import type { RowColumn } from './RowsTable.js';
import { cardPartsOf } from './cardParts.js';

/** A row on a small screen: its title with what can be done, beside it the main figure, below it the rest by name. */
export function RowCard<T>({ row, columns }: { row: T; columns: readonly RowColumn<T>[] }) {
  const text = useText();
  const { title, main, buttons, rest } = cardPartsOf(columns);
  const shown = rest
    .map(({ label, cell }) => ({ label, content: cell(row) }))
    .filter(({ content }) => content !== null && content !== false && content !== '' && content !== undefined);
  return (
    <Box sx={{ display: 'grid', gap: 0.5 }}>
      <Box sx={{ display: 'flex', alignItems: 'start', gap: 0.5 }}>
        <Box sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>{title?.cell(row)}</Box>
        {main && (
          <Box sx={{ textAlign: 'right' }}>
            {main.cell(row)}
            {main.numeric && (
              <Typography variant="caption" component="div" sx={{ color: 'text.secondary' }}>
                {text(main.label)}
              </Typography>
            )}
          </Box>
        )}
        {buttons.map(({ label, cell }) => (
          <Box key={label} sx={{ mt: -0.5 }}>
            {cell(row)}
          </Box>
        ))}
      </Box>
      <Box
        component="dl"
        sx={{ m: 0, display: 'grid', gridTemplateColumns: 'auto minmax(0, 1fr)', columnGap: 2, rowGap: 0.25 }}
      >
        {shown.map(({ label, content }) => (
          <Fragment key={label}>
            <Typography component="dt" variant="body2" sx={{ color: 'text.secondary' }}>
              {text(label)}
            </Typography>
            <Typography
              component="dd"
              variant="body2"
              sx={{ m: 0, display: 'grid', justifyItems: 'end', textAlign: 'right' }}
            >
              {content}
            </Typography>
          </Fragment>
        ))}
      </Box>
    </Box>
  );
}
