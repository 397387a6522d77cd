import Close from '@mui/icons-material/Close';
import { Box, Button, IconButton, Stack, Typography } from '@mui/material';
import { useState, type FormEvent } from 'react';
import { useOffices } from '../offices/useOffices.js';
import { useFlags } from '../flags/useFlags.js';
import { useText } from '../i18n/useText.js';
import { AgencyFilter } from './AgencyFilter.js';
import { BalanceField } from './BalanceField.js';
import { ChoiceField } from './ChoiceField.js';
import { DaysField } from './DaysField.js';
import { ManyField } from './ManyField.js';
import { accountStatuses } from './reportTypes.js';
import type { ReportFilter } from './reportFilter.js';

interface FilterPanelProps {
  filter: ReportFilter;
  currencies: readonly string[];
  onApply: (filter: ReportFilter) => void;
  onClose: () => void;
}

/** All filters that combine (REP-2), changed together and applied at once. */
export function FilterPanel({ filter, currencies, onApply, onClose }: FilterPanelProps) {
  const text = useText();
  const [draft, setDraft] = useState(filter);
  // Fields keep what was typed; a cleared filter begins with new ones.
  const [cleared, setCleared] = useState(0);
  const offices = useOffices() ?? [];
  const { flags } = useFlags();
  const change = (part: Partial<ReportFilter>) => setDraft({ ...draft, ...part });
  const flagOptions = flags.map(({ code, name }) => ({ value: code, label: name }));
  const below = (from: number | undefined, to: number | undefined) =>
    from !== undefined && to !== undefined && to < from ? text('filters.belowFrom') : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onApply(draft);
  };
  return (
    <Box component="form" onSubmit={submit} sx={{ display: 'flex', flexDirection: 'column', height: '100%' }}>
      <Box
        sx={{
          display: 'flex',
          alignItems: 'center',
          justifyContent: 'space-between',
          px: 2.5,
          py: 1.5,
          borderBottom: 1,
          borderColor: 'divider',
        }}
      >
        <Typography variant="h2">{text('report.filters')}</Typography>
        <IconButton onClick={onClose} aria-label={text('actions.close')}>
          <Close />
        </IconButton>
      </Box>
      <Stack sx={{ gap: 2.25, p: 2.5, overflowY: 'auto', flex: 1 }}>
        <ManyField
          label={text('filters.officeCodes')}
          options={offices.map(({ code, name }) => ({
            value: code,
            label: name === code ? code : `${code} · ${name}`,
          }))}
          value={draft.officeCodes ?? []}
          onChange={(officeCodes) => change({ officeCodes })}
        />
        <Stack key={`balance ${cleared}`} direction="row" sx={{ gap: 1.5, alignItems: 'flex-start' }}>
          <BalanceField
            label={text('filters.balanceMin')}
            value={draft.balanceMin}
            currencies={currencies}
            onChange={(balanceMin) => change({ balanceMin })}
          />
          <BalanceField
            label={text('filters.balanceMax')}
            value={draft.balanceMax}
            currencies={currencies}
            problem={below(draft.balanceMin, draft.balanceMax)}
            onChange={(balanceMax) => change({ balanceMax })}
          />
        </Stack>
        <Stack key={`days ${cleared}`} direction="row" sx={{ gap: 1.5, alignItems: 'flex-start' }}>
          <DaysField
            label={text('filters.daysPastDueMin')}
            value={draft.daysPastDueMin}
            onChange={(daysPastDueMin) => change({ daysPastDueMin })}
          />
          <DaysField
            label={text('filters.daysPastDueMax')}
            value={draft.daysPastDueMax}
            problem={below(draft.daysPastDueMin, draft.daysPastDueMax)}
            onChange={(daysPastDueMax) => change({ daysPastDueMax })}
          />
        </Stack>
        <ManyField
          label={text('filters.flagsAny')}
          options={flagOptions}
          value={draft.flagsAny ?? []}
          onChange={(flagsAny) => change({ flagsAny })}
        />
        <ManyField
          label={text('filters.flagsNone')}
          options={flagOptions}
          value={draft.flagsNone ?? []}
          onChange={(flagsNone) => change({ flagsNone })}
        />
        <ChoiceField
          label={text('filters.accountStatus')}
          options={accountStatuses.map((value) => ({ value, label: text(`accountStatuses.${value}`) }))}
          value={draft.accountStatus}
          onChange={(accountStatus) => change({ accountStatus })}
        />
        <AgencyFilter value={draft.agencyCode} onChange={(agencyCode) => change({ agencyCode })} />
        <ChoiceField
          label={text('filters.disputed')}
          options={[
            { value: 'true', label: text('filters.disputedTrue') },
            { value: 'false', label: text('filters.disputedFalse') },
          ]}
          value={draft.disputed === undefined ? undefined : draft.disputed ? 'true' : 'false'}
          onChange={(disputed) => change({ disputed: disputed === undefined ? undefined : disputed === 'true' })}
        />
      </Stack>
      <Box
        sx={{
          display: 'flex',
          gap: 1,
          justifyContent: 'flex-end',
          px: 2.5,
          py: 1.5,
          borderTop: 1,
          borderColor: 'divider',
        }}
      >
        <Button
          onClick={() => {
            setDraft({ asOf: filter.asOf });
            setCleared(cleared + 1);
          }}
        >
          {text('report.clearFilters')}
        </Button>
        <Button type="submit" variant="contained">
          {text('report.applyFilters')}
        </Button>
      </Box>
    </Box>
  );
}
