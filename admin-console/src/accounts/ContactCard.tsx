import { Box, Card, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { useText } from '../i18n/useText.js';
import { contactLines } from './contactLines.js';

/** How to reach the customer, as far as the role may see. */
export function ContactCard({ contact }: { contact: Record<string, unknown> | null }) {
  const text = useText();
  const translate = useTranslate();
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
                <Box key={value}>{value}</Box>
              ))}
            </Typography>
          </Box>
        ))}
      </Box>
    </Card>
  );
}
