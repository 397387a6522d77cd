import { currencyCode } from '@recoup/contracts';

const known = new Set(Intl.supportedValuesOf('currency'));

/** A currency that an office may keep its books in: its decimals have to be known, so a code that nobody assigned is refused. */
export const officeCurrency = currencyCode.refine((code) => known.has(code), 'a currency of ISO 4217, such as USD');
