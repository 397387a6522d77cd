import ArrowRightAlt from '@mui/icons-material/ArrowRightAlt';
import { Box, Typography } from '@mui/material';
import { stages } from '../report/reportTypes.js';
import { FlagChips } from '../flags/FlagChips.js';
import { useText } from '../i18n/useText.js';
import { StageChip } from '../report/StageChip.js';

type State = Record<string, unknown> | null | undefined;

/** What an account was and will be, as far as the action changes it. */
export function BeforeAfter({ before, after }: { before: State; after: State }) {
  const text = useText();
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
      <StateView state={before} />
      <ArrowRightAlt fontSize="small" titleAccess={text('bulkActions.becomes')} sx={{ color: 'text.secondary' }} />
      <StateView state={after} />
    </Box>
  );
}

function StateView({ state }: { state: State }) {
  const text = useText();
  const stage = stages.find((each) => each === state?.['stage']);
  const flags = state?.['flags'];
  if (stage) return <StageChip stage={stage} />;
  if (Array.isArray(flags) && flags.length > 0) return <FlagChips codes={flags.map(String)} shownMax={3} />;
  return (
    <Typography component="span" variant="body2" sx={{ color: 'text.secondary' }}>
      {text('bulkActions.none')}
    </Typography>
  );
}
