import { Alert } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify, useRefresh } from 'react-admin';
import { pathOf } from '../api/services.js';
import { send } from '../api/send.js';
import { FormDialog } from '../forms/FormDialog.js';
import { KeptField } from '../forms/KeptField.js';
import { useText } from '../i18n/useText.js';
import { whereOf, type ParkedMessage } from './parkedMessage.js';

interface DiscardDialogProps {
  message: ParkedMessage;
  resource: string;
  onClose: () => void;
}

/** Gives a message up that can't be read, for good; says what that means, and wants a reason for the audit (CON-13). */
export function DiscardDialog({ message, resource, onClose }: DiscardDialogProps) {
  const text = useText();
  const notify = useNotify();
  const refresh = useRefresh();
  const [reason, setReason] = useState('');
  // One dialog is one intention: pressed twice, or sent again after a cut connection, it has one effect.
  const [attempt, setAttempt] = useState(() => crypto.randomUUID());
  const discard = useMutation({
    mutationFn: () =>
      send(`${pathOf(resource)}/${message.id}/discard`, {
        method: 'POST',
        body: { reason: reason.trim() },
        idempotencyKey: attempt,
      }),
    onSuccess: () => {
      notify(text('parked.discarded'), { type: 'success' });
      refresh();
      onClose();
    },
  });
  return (
    <FormDialog
      title={text('parked.discardTitle')}
      intro={[message.type, whereOf(message)].filter(Boolean).join(' · ')}
      submit={text('parked.discard')}
      danger
      maxWidth="sm"
      pending={discard.isPending}
      ready={reason.trim() !== ''}
      error={discard.error}
      onSubmit={() => discard.mutate()}
      onClose={onClose}
    >
      <Alert severity="warning">{text('parked.discardMeans')}</Alert>
      <KeptField
        label={text('parked.discardReason')}
        field="reason"
        value={reason}
        onChange={(typed) => {
          setReason(typed);
          setAttempt(crypto.randomUUID());
        }}
        lengthMax={500}
        required
        autoFocus
      />
    </FormDialog>
  );
}
