import { Box, Card, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { contactLines } from './contactLines.js';

/** How to reach the customer, as far as the role may see. */
export function ContactCard({ contact }: { contact: Record<string, unknown> | null }) {
  const text = useText();
  const translate = useTranslate();
  const locale = useLocale();
  const lines = contactLines(contact);
  return (
    <Card sx={{ p: 2 }}>
      <Typography variant="h3" component="h2" sx={{ mb: 1.25 }}>
        {text('accounts.contact')}
      </Typography>
      {lines.length === 0 && (
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {text('accounts.noContact')}
        </Typography>
      )}
      <Box
        component="dl"
        sx={{ m: 0, display: 'grid', gridTemplateColumns: '92px minmax(0, 1fr)', rowGap: 0.75, columnGap: 1.5 }}
      >
        {lines.map(({ key, values }) => (
          <Box key={key} sx={{ display: 'contents' }}>
            <Typography component="dt" variant="body2" sx={{ color: 'text.secondary' }}>
              {translate(`recoup.accounts.contactFields.${key}`, { _: key })}
            </Typography>
            <Typography component="dd" variant="body2" sx={{ m: 0, overflowWrap: 'anywhere' }}>
              {values.map((value) => (
                <Box key={value}>{key === 'language' ? languageName(value, locale) : <Breakable text={value} />}</Box>
              ))}
            </Typography>
          </Box>
        ))}
      </Box>
    </Card>
  );
}

/** An address for e-mail is broken at its @ rather than within a word. */
function Breakable({ text }: { text: string }) {
  const [before = '', ...after] = text.split('@');
  if (after.length === 0) return <>{text}</>;
  return (
    <>
      {before}
      <wbr />@{after.join('@')}
    </>
  );
}

/** The language of a code, as the reader calls it; the code where it is none. */
function languageName(code: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}
