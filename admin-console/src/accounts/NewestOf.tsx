import { Box } from '@mui/material';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';

/** Below a list of an account: that there is more than is shown; `sorted` where the reader chose its order. */
export function NewestOf({ shown, total, sorted = false }: { shown: number; total: number; sorted?: boolean }) {
  const text = useText();
  const locale = useLocale();
  return (
    <Box sx={{ px: 2, py: 1, color: 'text.secondary', fontSize: '0.8125rem' }}>
      {text(sorted ? 'accounts.firstOf' : 'accounts.newestOf', {
        shown: shown.toLocaleString(locale),
        total: total.toLocaleString(locale),
      })}
    </Box>
  );
}
