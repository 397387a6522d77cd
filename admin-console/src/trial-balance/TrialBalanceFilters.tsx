import { Box } from '@mui/material';
import { useText } from '../i18n/useText.js';
import type { ReportView } from '../ledger-reports/useReportView.js';
import { useOffices } from '../offices/useOffices.js';
import { ManyField } from '../report/ManyField.js';
import { ReportSearch } from '../report/ReportSearch.js';

interface TrialBalanceFiltersProps {
  view: ReportView;
  officeCodes: readonly string[];
  searchable: boolean;
}

/** Narrows the report to offices, and to a text in code or name. */
export function TrialBalanceFilters({ view, officeCodes, searchable }: TrialBalanceFiltersProps) {
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
    </Box>
  );
}
