import { useState } from 'react';
import { useLedgerCommand } from '../accounts/useLedgerCommand.js';
import { LineField } from '../forms/LineField.js';
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
    if (already) return onDone({ assignedBefore: true });
    const identifiers = {
      ...(groupNumber.trim() ? { groupNumber: groupNumber.trim() } : {}),
      ...(policyId.trim() ? { policyId: policyId.trim() } : {}),
    };
    command.mutate(
      { path: 'account-payers', body: { accountId: account.id, payerCode, ...identifiers } },
      { onSuccess: () => onDone({ assignedBefore: false }) },
    );
  };
  return (
    <StepForm
      step="assign"
      ready={payer !== undefined && assigned !== undefined && (already || mayAssign(payer, { groupNumber, policyId }))}
      lacking={payers.some(({ type, active }) => type === 'generic' && active) ? undefined : ''}
      pending={command.isPending}
      error={command.error}
      currency={account.currency}
      onSubmit={submit}
    >
      <AgencyField value={payerCode} onChange={(code) => onProgress({ payerCode: code })} />
      {payer && !already && !payer.skipGroupNumberCheck && (
        <LineField
          label={text('payers.groupNumber')}
          field="groupNumber"
          required
          value={groupNumber}
          onChange={setGroupNumber}
          lengthMax={100}
        />
      )}
      {payer && !already && !payer.skipPolicyIdCheck && (
        <LineField
          label={text('payers.policyId')}
          field="policyId"
          required
          value={policyId}
          onChange={setPolicyId}
          lengthMax={100}
        />
      )}
    </StepForm>
  );
}
