/** Colours of one mode. Every pair that carries text keeps a contrast of 4.5 : 1 or more. */
export interface Tokens {
  page: string;
  paper: string;
  raised: string;
  line: string;
  text: string;
  quiet: string;
  accent: string;
  accentText: string;
  accentSoft: string;
  success: string;
  warning: string;
  danger: string;
  info: string;
  /** Aging from current to more than 120 days; darkness grows with age, so that colour is not the only sign. */
  aging: readonly [string, string, string, string, string, string];
}

export const light: Tokens = {
  page: '#f4f6f7',
  paper: '#ffffff',
  raised: '#fafbfb',
  line: '#dfe5e7',
  text: '#14232a',
  quiet: '#526570',
  accent: '#0f5c63',
  accentText: '#ffffff',
  accentSoft: '#e3f1f0',
  success: '#1d6b41',
  warning: '#8a5300',
  danger: '#a8282f',
  info: '#1f5a96',
  aging: ['#9cc9bf', '#efd38a', '#eaa75a', '#db7443', '#bb4246', '#762447'],
};

export const dark: Tokens = {
  page: '#0d1518',
  paper: '#142024',
  raised: '#1a282d',
  line: '#2b3b41',
  text: '#e6eef0',
  quiet: '#9db0b8',
  accent: '#6cc9c4',
  accentText: '#06282b',
  accentSoft: '#173a3d',
  success: '#7fd1a3',
  warning: '#f0bd6d',
  danger: '#f59a97',
  info: '#93c0f2',
  aging: ['#4f9184', '#d9bb6c', '#e09a4b', '#d96f42', '#d0535c', '#b0508a'],
};
