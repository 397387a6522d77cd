import { Button } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { useNotify, useRefresh } from 'react-admin';
import { useMay } from '../api/identity.js';
import { pathOf } from '../api/services.js';
import { send } from '../api/send.js';
import { useText } from '../i18n/useText.js';
import { useProblemWords } from '../problems/useProblemWords.js';
import type { ParkedMessage, Replayed } from './parkedMessage.js';

/** Applies the messages that wait for the same account again, in sequence; for supervisors and administrators. */
export function ReplayButton({ message, resource }: { message: ParkedMessage; resource: string }) {
  const text = useText();
  const may = useMay();
  const notify = useNotify();
  const words = useProblemWords();
  const refresh = useRefresh();
  const replay = useMutation({
    mutationFn: () => send<Replayed>(`${pathOf(resource)}/${message.id}/replay`, { method: 'POST', body: {} }),
    onSuccess: ({ json }) => {
      const stopped = json.stoppedBecause ?? undefined;
      notify(
        stopped
          ? text('parked.stopped', { count: json.applied, reason: stopped })
          : text('parked.replayed', { count: json.applied }),
        {
          type: stopped ? 'warning' : 'success',
        },
      );
      refresh();
    },
    onError: (error) => notify(words.notice(error), { type: 'error' }),
  });
  if (!may('parked-messages', 'run')) return null;
  return (
    <Button size="small" variant="outlined" loading={replay.isPending} onClick={() => replay.mutate()}>
      {text('parked.replay')}
    </Button>
  );
}
