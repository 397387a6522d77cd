import type { ThemeOptions } from '@mui/material';
import { defaultDarkTheme, defaultLightTheme, type RaThemeOptions } from 'react-admin';
import { componentStyles } from './componentStyles.js';
import { dark, light, type Tokens } from './tokens.js';

declare module '@mui/material/styles' {
  interface Palette {
    tokens: Tokens;
  }
  interface PaletteOptions {
    tokens?: Tokens;
  }
}

const family =
  '"Inter", "Segoe UI Variable Text", "Segoe UI", -apple-system, "Open Sans", "Noto Sans", Roboto, system-ui, sans-serif';

function typography(): ThemeOptions['typography'] {
  return {
    fontFamily: family,
    fontSize: 14,
    h1: { fontSize: '1.5rem', fontWeight: 650, letterSpacing: '-0.015em', lineHeight: 1.25 },
    h2: { fontSize: '1.0625rem', fontWeight: 650, letterSpacing: '-0.005em', lineHeight: 1.35 },
    h3: { fontSize: '0.9375rem', fontWeight: 650, lineHeight: 1.4 },
    body1: { fontSize: '0.9375rem', lineHeight: 1.5 },
    body2: { fontSize: '0.875rem', lineHeight: 1.45 },
    caption: { fontSize: '0.78125rem', lineHeight: 1.4 },
    button: { textTransform: 'none', fontWeight: 600, letterSpacing: 0 },
  };
}

function themeOf(base: RaThemeOptions, mode: 'light' | 'dark', tokens: Tokens): RaThemeOptions {
  return {
    ...base,
    shape: { borderRadius: 8 },
    palette: {
      mode,
      tokens,
      primary: { main: tokens.accent, contrastText: tokens.accentText },
      secondary: { main: tokens.info },
      success: { main: tokens.success },
      warning: { main: tokens.warning },
      error: { main: tokens.danger },
      info: { main: tokens.info },
      text: { primary: tokens.text, secondary: tokens.quiet },
      divider: tokens.line,
      background: { default: tokens.page, paper: tokens.paper },
    },
    typography: typography(),
    components: { ...base.components, ...componentStyles(tokens) },
  };
}

export const lightTheme = themeOf(defaultLightTheme, 'light', light);
export const darkTheme = themeOf(defaultDarkTheme, 'dark', dark);
