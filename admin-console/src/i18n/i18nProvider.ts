import polyglotI18nProvider from 'ra-i18n-polyglot';
import { en } from './en.js';

export const i18nProvider = polyglotI18nProvider(() => en, 'en', [{ locale: 'en', name: 'English' }], {
  // A missing text shows its key and is found by the tests; it never breaks a page.
  allowMissing: false,
});
