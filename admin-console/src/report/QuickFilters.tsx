import { Box, Tab, Tabs, Typography } from '@mui/material';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { buckets, stages, type Bucket, type ReportCounts } from './reportTypes.js';
import type { ReportFilter } from './reportFilter.js';

interface QuickFiltersProps {
  filter: ReportFilter;
  counts: ReportCounts | undefined;
  onChange: (change: Partial<ReportFilter>) => void;
}

const all = 'all';

/** Tabs by age with how many accounts each would show. */
export function QuickFilters({ filter, counts, onChange }: QuickFiltersProps) {
  const text = useText();
  const everyone = counts && stages.reduce((sum, stage) => sum + (counts.stages[stage] ?? 0), 0);
  const count = (bucket: Bucket) => counts && (counts.buckets[bucket] ?? 0);
  return (
    <Tabs
      value={filter.bucket ?? all}
      onChange={(_, value: Bucket | typeof all) => onChange({ bucket: value === all ? undefined : value })}
      variant="scrollable"
      scrollButtons="auto"
      allowScrollButtonsMobile
      aria-label={text('report.quickFilters')}
      // At its end a row of tabs has no use for a button there, only less room.
      sx={{ '& .MuiTabs-scrollButtons.Mui-disabled': { display: 'none' } }}
    >
      <Tab value={all} label={<Counted label={text('report.all')} count={everyone} />} />
      {buckets.map((bucket) => (
        <Tab key={bucket} value={bucket} label={<Counted label={text(`buckets.${bucket}`)} count={count(bucket)} />} />
      ))}
    </Tabs>
  );
}

function Counted({ label, count }: { label: string; count: number | undefined }) {
  const locale = useLocale();
  return (
    <Box component="span" sx={{ display: 'inline-flex', alignItems: 'baseline', gap: 0.75 }}>
      {label}
      <Typography component="span" variant="caption" sx={{ color: 'text.secondary', fontWeight: 500, minWidth: 14 }}>
        {count?.toLocaleString(locale) ?? '\u2007'}
      </Typography>
    </Box>
  );
}
