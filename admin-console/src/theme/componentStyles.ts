import type { RaThemeOptions } from 'react-admin';
import type { Tokens } from './tokens.js';

type Components = NonNullable<RaThemeOptions['components']>;

/** How MUI's parts look here: flat surfaces, one line instead of shadows, figures of equal width. */
export function componentStyles(tokens: Tokens): Components {
  return {
    MuiCssBaseline: {
      styleOverrides: {
        body: { fontVariantNumeric: 'tabular-nums', textRendering: 'optimizeLegibility' },
        ':focus-visible': { outline: `2px solid ${tokens.accent}`, outlineOffset: 1 },
      },
    },
    MuiPaper: { defaultProps: { elevation: 0 }, styleOverrides: { root: { backgroundImage: 'none' } } },
    MuiCard: {
      defaultProps: { variant: 'outlined' },
      styleOverrides: { root: { borderColor: tokens.line, borderRadius: 10 } },
    },
    MuiDialog: {
      styleOverrides: {
        paper: { borderRadius: 14, border: `1px solid ${tokens.line}` },
        paperFullScreen: { borderRadius: 0, border: 0 },
      },
    },
    MuiDialogTitle: { styleOverrides: { root: { fontSize: '1.125rem', fontWeight: 650, paddingBottom: 4 } } },
    MuiButton: {
      defaultProps: { disableElevation: true },
      styleOverrides: {
        root: { borderRadius: 8, minHeight: 36, paddingInline: 14, whiteSpace: 'nowrap' },
        outlined: { borderColor: tokens.line },
      },
    },
    MuiTab: { styleOverrides: { root: { minHeight: 44, textTransform: 'none', fontWeight: 600 } } },
    MuiTabs: { styleOverrides: { root: { minHeight: 44 } } },
    MuiChip: { styleOverrides: { root: { fontWeight: 550, borderRadius: 7 } } },
    MuiTooltip: {
      defaultProps: { arrow: true },
      styleOverrides: {
        tooltip: {
          fontSize: '0.8125rem',
          backgroundColor: '#101d22',
          color: '#f2f7f8',
          padding: '8px 10px',
          maxWidth: 340,
        },
        arrow: { color: '#101d22' },
      },
    },
    MuiTableCell: {
      styleOverrides: {
        root: { borderColor: tokens.line, padding: '9px 10px', fontSize: '0.875rem' },
        head: {
          backgroundColor: tokens.raised,
          color: tokens.quiet,
          fontWeight: 600,
          fontSize: '0.78125rem',
          whiteSpace: 'nowrap',
          lineHeight: 1.3,
        },
      },
    },
    MuiAlert: { styleOverrides: { root: { borderRadius: 10, alignItems: 'center' } } },
    MuiLinearProgress: { styleOverrides: { root: { height: 8, borderRadius: 4, backgroundColor: tokens.line } } },
    MuiTextField: { defaultProps: { variant: 'outlined', size: 'small', margin: 'none' } },
    MuiFormControl: { defaultProps: { variant: 'outlined', size: 'small', margin: 'none' } },
    // What can't be changed is still read: its contrast stays that of quiet text.
    MuiFormLabel: { styleOverrides: { root: { '&.Mui-disabled': { color: tokens.quiet } } } },
    MuiFormHelperText: { styleOverrides: { root: { '&.Mui-disabled': { color: tokens.quiet } } } },
    MuiFormControlLabel: { styleOverrides: { label: { '&.Mui-disabled': { color: tokens.quiet } } } },
    MuiMenuItem: { styleOverrides: { root: { '&.Mui-disabled': { opacity: 1, color: tokens.quiet } } } },
    MuiInputBase: {
      styleOverrides: { input: { '&.Mui-disabled': { WebkitTextFillColor: tokens.quiet, color: tokens.quiet } } },
    },
    MuiOutlinedInput: { styleOverrides: { root: { borderRadius: 8, backgroundColor: tokens.paper } } },
  };
}
