import ArrowRightAlt from '@mui/icons-material/ArrowRightAlt';
import { Box, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { useText } from '../i18n/useText.js';
import { Name } from '../reference-data/Name.js';
import type { AuditChange } from './auditChanges.js';
import { useAuditWords } from './useAuditWords.js';

/** One changed field in words: its name, what it was, what it is. */
export function AuditChangeView({ change, currency }: { change: AuditChange; currency: string }) {
  const text = useText();
  const translate = useTranslate();
  const words = useAuditWords(currency);
  const { field, before, after } = change;
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 0.75 }}>
      <Typography component="span" variant="body2" sx={{ color: 'text.secondary' }}>
        {translate(`recoup.auditFields.${field}`, { _: field })}
      </Typography>
      {before !== undefined && (
        <>
          <Typography component="span" variant="body2">
            <Name of={words(field, before)} />
          </Typography>
          <ArrowRightAlt fontSize="small" titleAccess={text('bulkActions.becomes')} sx={{ color: 'text.secondary' }} />
        </>
      )}
      <Typography component="span" variant="body2" sx={{ overflowWrap: 'anywhere' }}>
        <Name of={words(field, after)} />
      </Typography>
    </Box>
  );
}
