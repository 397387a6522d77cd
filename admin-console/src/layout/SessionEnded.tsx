import { Button, Dialog, DialogActions, DialogContent, DialogTitle, Typography } from '@mui/material';
import { useEffect, useId, useSyncExternalStore } from 'react';
import type { Identity } from '../api/identity.js';
import { useIdentity } from '../api/identity.js';
import { pageSession } from '../api/session.js';
import { useText } from '../i18n/useText.js';

const askedAgainAfterMilliseconds = 1_500;

/** Over everything when the session has ended: what stands on the page stays, and goes on once one has signed in again (S8). */
export function SessionEnded() {
  const state = useSyncExternalStore(pageSession.subscribe, pageSession.snapshot);
  if (!state.over) return null;
  return <Question other={state.other} />;
}

function Question({ other }: { other: Pick<Identity, 'name' | 'user'> | undefined }) {
  const text = useText();
  const { name, user } = useIdentity();
  const titleId = useId();
  useEffect(() => {
    const timer = setInterval(() => void lookWhoIsThere(), askedAgainAfterMilliseconds);
    return () => clearInterval(timer);
  }, []);
  const own = name || user;
  return (
    <Dialog open fullWidth maxWidth="xs" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>{text('session.ended')}</DialogTitle>
      <DialogContent>
        <Typography>
          {other === undefined
            ? text('session.nothingLost', { name: own })
            : text(other.user === user ? 'session.otherRights' : 'session.somebodyElse', {
                other: other.name || other.user,
                name: own,
              })}
        </Typography>
      </DialogContent>
      <DialogActions sx={{ px: 3, pb: 2.5 }}>
        {other && (
          <Button color="error" onClick={() => window.location.reload()}>
            {text('session.loadAnew')}
          </Button>
        )}
        {/* The other tab closes itself when it may, which a tab without an opener may not. */}
        <Button variant="contained" autoFocus href="/auth/sign-in?returnTo=/signed-in" target="_blank" rel="opener">
          {text('shell.signIn')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** Asks by itself, since a request of the page would wait for the answer. */
async function lookWhoIsThere(): Promise<void> {
  try {
    const response = await fetch('/auth/me', { credentials: 'same-origin' });
    if (response.ok) pageSession.found((await response.json()) as Identity);
  } catch {
    // Out of reach for a moment; the next look tells.
  }
}
