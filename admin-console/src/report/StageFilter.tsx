import { ToggleButton, ToggleButtonGroup, Typography } from '@mui/material';
import type { Stage } from '@recoup/contracts';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { stages, type ReportCounts } from './reportTypes.js';

interface StageFilterProps {
  stage: Stage | undefined;
  counts: ReportCounts | undefined;
  onChange: (stage: Stage | undefined) => void;
}

/** The stages as a switch with counts; pressing the pressed one lets all stages through again. */
export function StageFilter({ stage, counts, onChange }: StageFilterProps) {
  const text = useText();
  const locale = useLocale();
  return (
    <ToggleButtonGroup
      exclusive
      size="small"
      value={stage ?? null}
      onChange={(_, value: Stage | null) => onChange(value ?? undefined)}
      aria-label={text('report.columns.stage')}
      sx={{ bgcolor: 'background.paper' }}
    >
      {stages.map((each) => (
        <ToggleButton
          key={each}
          value={each}
          color="primary"
          sx={{ textTransform: 'none', fontWeight: 600, gap: 0.75, px: 1.25, py: 0.6, whiteSpace: 'nowrap' }}
        >
          {text(`stages.${each}`)}
          <Typography component="span" variant="caption" sx={{ color: 'text.secondary' }}>
            {counts && (counts.stages[each] ?? 0).toLocaleString(locale)}
          </Typography>
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
