import { Alert, Button } from '@mui/material';
import type { Service } from '../api/services.js';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';

interface MissingServicesProps {
  services: readonly Service[];
  busy: boolean;
  onRetry: () => void;
}

/** That a part of what is shown is missing, whose it is, and a way to ask again; nothing when all answered. */
export function MissingServices({ services, busy, onRetry }: MissingServicesProps) {
  const text = useText();
  const locale = useLocale();
  if (services.length === 0) return null;
  const names = services.map((service) => text(`services.${service}`));
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
      {text('errors.missingServices', { names: new Intl.ListFormat(locale).format(names), count: names.length })}
    </Alert>
  );
}
