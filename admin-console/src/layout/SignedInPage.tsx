import { Button } from '@mui/material';
import { useEffect } from 'react';
import { Link } from 'react-router';
import { EmptyState } from '../feedback/EmptyState.js';
import { useText } from '../i18n/useText.js';

/** Where a tab ends that was opened to sign in again: it closes, and says where to go on if the browser keeps it open. */
export function SignedInPage() {
  const text = useText();
  useEffect(() => window.close(), []);
  return (
    <EmptyState
      heading
      title={text('session.signedIn')}
      hint={text('session.signedInHint')}
      action={
        <Button component={Link} to="/report">
          {text('shell.toReport')}
        </Button>
      }
    />
  );
}
