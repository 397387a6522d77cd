import { Alert, Button, Typography } from '@mui/material';
import { isSilent, isTooLate } from '../api/askAgain.js';
import type { Missing } from '../api/askServices.js';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { useProblemWords } from '../problems/useProblemWords.js';
import { useAskAgain } from './useAskAgain.js';

interface MissingServicesProps {
  missing: readonly Missing[];
  busy: boolean;
  onRetry: () => void;
}

/** That a part of what is shown is missing, whose it is and why; asked again by itself and by hand. Nothing when all answered. */
export function MissingServices({ missing, busy, onRetry }: MissingServicesProps) {
  const text = useText();
  const locale = useLocale();
  const words = useProblemWords();
  // All are asked together, so that one which took too long would be given the same work once more.
  const mayAsk = missing.some(({ error }) => isSilent(error)) && !missing.some(({ error }) => isTooLate(error));
  useAskAgain(!busy && mayAsk, onRetry);
  if (missing.length === 0) return null;
  const names = missing.filter(({ error }) => isSilent(error)).map(({ service }) => text(`services.${service}`));
  const refused = missing.filter(({ error }) => !isSilent(error));
  return (
    <Alert
      severity="warning"
      sx={{ m: 2 }}
      action={
        <Button color="inherit" size="small" loading={busy} onClick={onRetry}>
          {text('errors.retry')}
        </Button>
      }
    >
      {names.length > 0 && (
        <Typography variant="inherit">
          {text('errors.missingServices', { names: new Intl.ListFormat(locale).format(names), count: names.length })}
        </Typography>
      )}
      {refused.map(({ service, error }) => (
        <Typography key={service} variant="inherit">
          {text('errors.refusedByService', { name: text(`services.${service}`), said: words.notice(error) })}
        </Typography>
      ))}
    </Alert>
  );
}
