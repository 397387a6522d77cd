import { Box, FormControlLabel, Switch } from '@mui/material';
import { useText } from '../i18n/useText.js';
import type { ReportView } from '../ledger-reports/useReportView.js';
import { useOffices } from '../offices/useOffices.js';
import { ManyField } from '../report/ManyField.js';
import { ReportSearch } from '../report/ReportSearch.js';

const shown = 'shown';

/** Whether the address asks for accounts without a figure. */
export function showsIdle(view: Pick<ReportView, 'get'>): boolean {
  return view.get('idle') === shown;
}

interface TrialBalanceFiltersProps {
  view: ReportView;
  officeCodes: readonly string[];
  searchable: boolean;
  /** Whether rows may be idle: accounts without a figure in the range. */
  mayBeIdle: boolean;
}

/** Narrows the report to offices, and to a text in code or name; shows accounts without a figure too. */
export function TrialBalanceFilters({ view, officeCodes, searchable, mayBeIdle }: TrialBalanceFiltersProps) {
  const text = useText();
  const offices = useOffices() ?? [];
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.25, px: 1.5, py: 1.25, alignItems: 'center' }}>
      {searchable && <ReportSearch q={view.get('q') ?? ''} onChange={(q) => view.set({ q })} />}
      {offices.length > 1 && (
        <Box sx={{ flex: '0 1 340px', minWidth: 220 }}>
          <ManyField
            label={text('filters.officeCodes')}
            options={offices.map(({ code, name }) => ({ value: code, label: name }))}
            value={officeCodes}
            onChange={(codes) => view.set({ offices: codes.join(',') })}
          />
        </Box>
      )}
      {mayBeIdle && (
        <FormControlLabel
          label={text('trialBalance.showIdle')}
          sx={{ ml: 0, gap: 0.5 }}
          slotProps={{ typography: { variant: 'body2' } }}
          control={
            <Switch
              size="small"
              checked={showsIdle(view)}
              onChange={(_, checked) => view.set({ idle: checked ? shown : undefined })}
            />
          }
        />
      )}
    </Box>
  );
}
