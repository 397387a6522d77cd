import { FormControlLabel, Switch } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import type { AccountCard } from '../accounts/accountTypes.js';
import { readAccountAgain } from '../accounts/useLedgerCommand.js';
import { send } from '../api/send.js';
import { FormDialog } from '../forms/FormDialog.js';
import { LineField } from '../forms/LineField.js';
import { SelectField } from '../forms/SelectField.js';
import { useText } from '../i18n/useText.js';
import { mayAssign, type AccountPayer, type Payer } from './payer.js';
import { usePayers } from './usePayers.js';

interface AssignPayerDialogProps {
  account: AccountCard;
  assigned: readonly AccountPayer[];
  /** The assignment to be changed; a new one without. */
  edited: AccountPayer | undefined;
  onClose: () => void;
}

/** Assigns a payer to an account; asks for what its rules ask for, and says when they ask for nothing. */
export function AssignPayerDialog({ account, assigned, edited, onClose }: AssignPayerDialogProps) {
  const text = useText();
  const notify = useNotify();
  const client = useQueryClient();
  const { payers } = usePayers();
  const [values, setValues] = useState({
    payerCode: edited?.payerCode ?? '',
    groupNumber: edited?.groupNumber ?? '',
    policyId: edited?.policyId ?? '',
    active: edited?.active ?? true,
  });
  const taken = new Set(assigned.filter(({ active }) => active).map(({ payerCode }) => payerCode));
  const offered = payers.filter(
    ({ code, type, active }) => code === edited?.payerCode || (type !== 'self' && active && !taken.has(code)),
  );
  const payer = payers.find(({ code }) => code === values.payerCode);
  const save = useMutation({
    mutationFn: () => {
      const asked = { groupNumber: orNull(values.groupNumber), policyId: orNull(values.policyId) };
      if (edited)
        return send(`/api/ledger/account-payers/${edited.id}`, {
          method: 'PUT',
          body: { ...asked, active: values.active },
          ifMatch: edited.version,
        });
      const body = { accountId: account.id, payerCode: values.payerCode, ...asked };
      return send('/api/ledger/account-payers', { method: 'POST', body });
    },
    onSuccess: () => {
      readAccountAgain(client, account.id);
      notify(text('payers.assignedNow'), { type: 'success' });
      onClose();
    },
  });
  return (
    <FormDialog
      title={text(edited ? 'payers.editAssignment' : 'payers.assign')}
      submit={text('payers.save')}
      pending={save.isPending}
      ready={payer !== undefined && mayAssign(payer, values)}
      error={save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <SelectField
        label={text('payers.payer')}
        field="payerCode"
        value={values.payerCode}
        options={offered.map(({ code, name }) => ({ value: code, label: name }))}
        onChange={(payerCode) => setValues({ ...values, payerCode })}
        required
        disabled={edited !== undefined}
        hint={text(edited ? 'payers.payerStays' : hintOf(payer))}
      />
      <LineField
        label={text('payers.groupNumber')}
        field="groupNumber"
        required={payer !== undefined && !payer.skipGroupNumberCheck}
        value={values.groupNumber}
        onChange={(groupNumber) => setValues({ ...values, groupNumber })}
        lengthMax={100}
      />
      <LineField
        label={text('payers.policyId')}
        field="policyId"
        required={payer !== undefined && !payer.skipPolicyIdCheck}
        value={values.policyId}
        onChange={(policyId) => setValues({ ...values, policyId })}
        lengthMax={100}
      />
      {edited && (
        <FormControlLabel
          label={text('payers.assignedLabel')}
          control={<Switch checked={values.active} onChange={(_, active) => setValues({ ...values, active })} />}
        />
      )}
    </FormDialog>
  );
}

/** What the payer's rules ask for, once it is chosen. */
function hintOf(payer: Payer | undefined): string {
  if (!payer) return 'payers.assignHint';
  return payer.skipGroupNumberCheck && payer.skipPolicyIdCheck ? 'payers.rulesAskNothing' : 'payers.rulesAsk';
}

function orNull(typed: string): string | null {
  return typed.trim() === '' ? null : typed.trim();
}
