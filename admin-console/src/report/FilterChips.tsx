import Cancel from '@mui/icons-material/Cancel';
import { Box, Button, Chip } from '@mui/material';
import { useFlags } from '../flags/useFlags.js';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { formatFigure } from '../money/money.js';
import { typingCurrency } from '../money/typedAmount.js';
import { Name } from '../reference-data/Name.js';
import { activeKeys, type FilterKey, type ReportFilter } from './reportFilter.js';

interface FilterChipsProps {
  filter: ReportFilter;
  currencies: readonly string[];
  onChange: (change: Partial<ReportFilter>) => void;
  onClear: () => void;
}

/** What narrows the report at the moment, each part removable by itself. */
export function FilterChips({ filter, currencies, onChange, onClear }: FilterChipsProps) {
  const text = useText();
  const words = useFilterWords(currencies);
  const keys = activeKeys(filter).filter((key) => key !== 'bucket' && key !== 'stage');
  if (keys.length === 0) return null;
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.75, alignItems: 'center' }}>
      {keys.map((key) => (
        <Chip
          key={key}
          size="small"
          label={
            <>
              {text(`filters.${key}`)}: <Name of={words(key, filter)} />
            </>
          }
          onDelete={() => onChange({ [key]: undefined })}
          deleteIcon={<Cancel titleAccess={text('report.removeFilter', { filter: text(`filters.${key}`) })} />}
        />
      ))}
      <Button size="small" onClick={onClear} sx={{ minHeight: 26, py: 0 }}>
        {text('report.clearFilters')}
      </Button>
    </Box>
  );
}

function useFilterWords(currencies: readonly string[]): (key: FilterKey, filter: ReportFilter) => string | undefined {
  const text = useText();
  const locale = useLocale();
  const { nameOf } = useFlags();
  const list = new Intl.ListFormat(locale, { type: 'disjunction' });
  return (key, filter) => {
    if (key === 'flagsAny' || key === 'flagsNone') {
      const names = (filter[key] ?? []).map(nameOf).filter((name) => name !== undefined);
      return names.length === 0 ? undefined : list.format(names);
    }
    if (key === 'officeCodes') return list.format(filter.officeCodes ?? []);
    if (key === 'balanceMin' || key === 'balanceMax') {
      return formatFigure({ amount: filter[key] ?? 0, currency: typingCurrency(currencies) }, locale);
    }
    if (key === 'accountStatus') return text(`accountStatuses.${filter.accountStatus}`);
    if (key === 'disputed') return text(filter.disputed ? 'filters.disputedTrue' : 'filters.disputedFalse');
    return String(filter[key]);
  };
}
