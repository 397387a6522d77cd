import { Button } from '@mui/material';
import { EmptyState } from '../feedback/EmptyState.js';
import { useText } from '../i18n/useText.js';

/** Where react-admin would ask for a password; here the identity provider does. */
export function SignInPage() {
  const text = useText();
  return (
    <EmptyState
      heading
      title={text('shell.signedOut')}
      action={
        <Button variant="contained" href="/auth/sign-in?returnTo=/">
          {text('shell.signIn')}
        </Button>
      }
    />
  );
}
