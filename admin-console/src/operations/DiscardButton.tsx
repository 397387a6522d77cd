import { Button } from '@mui/material';
import { useState } from 'react';
import { useMay } from '../api/identity.js';
import { useText } from '../i18n/useText.js';
import { DiscardDialog } from './DiscardDialog.js';
import type { ParkedMessage } from './parkedMessage.js';

/** Gives a message up that can't be read; for administrators. One that can be read must not get lost. */
export function DiscardButton({ message, resource }: { message: ParkedMessage; resource: string }) {
  const text = useText();
  const may = useMay();
  const [asked, setAsked] = useState(false);
  if (message.reason !== 'unreadable' || !may('parked-messages', 'delete')) return null;
  return (
    <>
      <Button size="small" variant="outlined" color="error" onClick={() => setAsked(true)}>
        {text('parked.beginDiscard')}
      </Button>
      {asked && <DiscardDialog message={message} resource={resource} onClose={() => setAsked(false)} />}
    </>
  );
}
