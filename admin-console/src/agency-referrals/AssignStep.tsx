import { TextField } from '@mui/material';
import { useState } from 'react';
import { useLedgerCommand } from '../accounts/useLedgerCommand.js';
import { mayAssign } from '../payers/payer.js';
import { useAccountPayers, usePayers } from '../payers/usePayers.js';
import { useText } from '../i18n/useText.js';
import { AgencyField } from './AgencyField.js';
import type { StepProps } from './ReferPage.js';
import { StepForm } from './StepForm.js';

/** Assigns the agency's payer to the account, unless it is assigned already. */
export function AssignStep({ account, progress, onProgress, onDone }: StepProps) {
  const text = useText();
  const { payers } = usePayers();
  const { data: assigned } = useAccountPayers(account.id);
  const [groupNumber, setGroupNumber] = useState('');
  const [policyId, setPolicyId] = useState('');
  const command = useLedgerCommand(account.id);
  const { payerCode } = progress;
  const payer = payers.find(({ code }) => code === payerCode);
  const already = assigned?.rows.some((each) => each.active && each.payerCode === payerCode) ?? false;
  const submit = () => {
    if (already) return onDone();
    const identifiers = {
      ...(groupNumber.trim() ? { groupNumber: groupNumber.trim() } : {}),
      ...(policyId.trim() ? { policyId: policyId.trim() } : {}),
    };
    command.mutate(
      { path: 'account-payers', body: { accountId: account.id, payerCode, ...identifiers } },
      { onSuccess: () => onDone() },
    );
  };
  return (
    <StepForm
      step="assign"
      ready={payer !== undefined && assigned !== undefined && (already || mayAssign(payer, { groupNumber, policyId }))}
      pending={command.isPending}
      error={command.error}
      onSubmit={submit}
    >
      <AgencyField value={payerCode} onChange={(code) => onProgress({ payerCode: code })} />
      {payer && !already && !payer.skipGroupNumberCheck && (
        <TextField
          label={text('payers.groupNumber')}
          required
          value={groupNumber}
          onChange={({ target }) => setGroupNumber(target.value)}
        />
      )}
      {payer && !already && !payer.skipPolicyIdCheck && (
        <TextField
          label={text('payers.policyId')}
          required
          value={policyId}
          onChange={({ target }) => setPolicyId(target.value)}
        />
      )}
    </StepForm>
  );
}
