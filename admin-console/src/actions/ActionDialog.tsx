import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { send } from '../api/send.js';
import type { BulkAction } from '../bulk-actions/bulkAction.js';
import { FormDialog } from '../forms/FormDialog.js';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { moneyInWords, type Money } from '../money/money.js';
import { selectionBody, type Selection } from '../selection/selection.js';
import { ParametersForm } from './ParametersForm.js';
import { initialParameters, isComplete } from './actionParameters.js';
import type { ReportAction } from './actionTypes.js';

interface ActionDialogProps {
  type: ReportAction;
  selection: Selection;
  size: { accounts: number; amounts: Money[] };
  onClose: () => void;
}

/** Asks what an action needs to know and makes its preview; nothing is changed before that is confirmed. */
export function ActionDialog({ type, selection, size, onClose }: ActionDialogProps) {
  const text = useText();
  const locale = useLocale();
  const navigate = useNavigate();
  const [parameters, setParameters] = useState(() => initialParameters(type));
  // One dialog is one intention: pressed twice, or sent again after a cut connection, it stays one preview.
  const [attempt, setAttempt] = useState(() => crypto.randomUUID());
  const preview = useMutation({
    mutationFn: () =>
      send<BulkAction>('/api/collections/bulk-actions', {
        method: 'POST',
        body: { type, selection: selectionBody(selection), parameters: parameters.values },
        idempotencyKey: attempt,
      }),
    onSuccess: ({ json }) => navigate(`/bulk-actions/${json.id}`),
  });
  const complete = isComplete(parameters);
  return (
    <FormDialog
      title={text(`actions.types.${type}`)}
      intro={text('actions.scope', { count: size.accounts, amounts: moneyInWords(size.amounts, locale) })}
      submit={text('actions.preview')}
      maxWidth="sm"
      pending={preview.isPending}
      ready={complete}
      {...(complete ? {} : { lacking: text(`actions.incomplete.${type}`) })}
      note={text('actions.nothingYet')}
      error={preview.error}
      onSubmit={() => preview.mutate()}
      onClose={onClose}
    >
      <ParametersForm
        parameters={parameters}
        onChange={(next) => {
          setParameters(next);
          setAttempt(crypto.randomUUID());
        }}
      />
    </FormDialog>
  );
}
