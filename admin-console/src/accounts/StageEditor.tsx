import { MenuItem, Select } from '@mui/material';
import type { Stage } from '@recoup/contracts';
import { ineligible } from '@recoup/contracts/eligibility';
import { useMay } from '../api/identity.js';
import { useText } from '../i18n/useText.js';
import { StageChip } from '../report/StageChip.js';
import { stages } from '../report/reportTypes.js';
import type { AccountCard } from './accountTypes.js';
import { useAccountChange } from './useAccountChange.js';

/** The stage, and for those who may, its change on the card (COL-1). */
export function StageEditor({ account }: { account: AccountCard }) {
  const text = useText();
  const may = useMay();
  const change = useAccountChange<{ stage: Stage }>(account.id, 'stage', text('accounts.stageSet'));
  // A closed account keeps the stage it has (BLK-18).
  const fixed = ineligible('update-stage', account.accountStatus) !== null;
  if (fixed || !may('account-stage', 'edit')) return <StageChip stage={account.stage} />;
  return (
    <Select<Stage>
      size="small"
      value={change.variables?.stage && change.isPending ? change.variables.stage : account.stage}
      disabled={change.isPending}
      onChange={({ target }) => change.mutate({ stage: target.value })}
      inputProps={{ 'aria-label': text('report.columns.stage') }}
      sx={{ minWidth: 130, '& .MuiSelect-select': { py: 0.75, fontWeight: 600 } }}
    >
      {stages.map((stage) => (
        <MenuItem key={stage} value={stage}>
          {text(`stages.${stage}`)}
        </MenuItem>
      ))}
    </Select>
  );
}
