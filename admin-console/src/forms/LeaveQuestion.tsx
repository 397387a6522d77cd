import { Button, Dialog, DialogActions, DialogContent, DialogTitle, Typography } from '@mui/material';
import { useEffect, useId } from 'react';
import { useBlocker } from 'react-router';
import { useText } from '../i18n/useText.js';

interface LeaveQuestionProps {
  /** Whether something is left behind that was begun. */
  wanted: boolean;
  /** What is left, and how to come back to it. */
  what: string;
}

/**
 * Asks before a page is left by a link or the browser's back, and lets the browser ask in its own words before it is closed or
 * loaded anew.
 */
export function LeaveQuestion({ wanted, what }: LeaveQuestionProps) {
  const text = useText();
  const titleId = useId();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => wanted && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (!wanted) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [wanted]);
  if (blocker.state !== 'blocked') return null;
  return (
    <Dialog open fullWidth maxWidth="xs" onClose={() => blocker.reset()} aria-labelledby={titleId}>
      <DialogTitle id={titleId}>{text('forms.leaveTitle')}</DialogTitle>
      <DialogContent>
        <Typography>{what}</Typography>
      </DialogContent>
      <DialogActions sx={{ px: 3, pb: 2.5 }}>
        <Button onClick={() => blocker.proceed()}>{text('forms.leave')}</Button>
        <Button variant="contained" autoFocus onClick={() => blocker.reset()}>
          {text('forms.stay')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
