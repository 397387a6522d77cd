import type { SxProps, Theme } from '@mui/material';

/** How the lines of totals below a table of figures stay in sight; `cell` is what the table's own have besides. */
export function totalsFoot(cell: Record<string, unknown>): SxProps<Theme> {
  return {
    position: 'sticky',
    bottom: 0,
    zIndex: 2,
    '& .MuiTableCell-root': {
      bgcolor: (theme) => theme.palette.tokens.raised,
      color: 'text.primary',
      borderBottom: 'none',
      ...cell,
    },
  };
}
