import { Alert, type AlertProps } from '@mui/material';
import { everyone, may, type Action, type Resource } from '@recoup/service-kit/identity/permissions';
import { useIdentity } from '../api/identity.js';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';

interface NotAllowedProps {
  /** What can't be done here, as a sentence begins: "Importing a file". */
  what: string;
  /** The cell of the role table that the user's role lacks. */
  needs: readonly [Resource, Action];
  sx?: AlertProps['sx'];
}

/** Where somebody could act and this role may not: what is lacking, who has it, and who may give it (CON-16). */
export function NotAllowed({ what, needs, sx }: NotAllowedProps) {
  const text = useText();
  const locale = useLocale();
  const { role } = useIdentity();
  const named = everyone.filter((each) => may(each, ...needs)).map((each) => text(`roles.${each}`));
  return (
    <Alert severity="info" {...(sx ? { sx } : {})}>
      {text('forms.notAllowed', {
        what,
        roles: new Intl.ListFormat(locale, { type: 'disjunction' }).format(named),
        role: text(`roles.${role}`),
      })}
    </Alert>
  );
}
