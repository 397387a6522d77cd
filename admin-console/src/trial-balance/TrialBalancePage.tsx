import { Box, Card, Tab, Tabs } from '@mui/material';
import { formatDate } from '../dates/dates.js';
import { useToday } from '../dates/useToday.js';
import { WrongDays } from '../dates/WrongDays.js';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { Page } from '../layout/Page.js';
import { PageHeader } from '../layout/PageHeader.js';
import { PageSkeleton } from '../layout/PageSkeleton.js';
import { DownloadMenu } from '../ledger-reports/DownloadMenu.js';
import { RangePicker } from '../ledger-reports/RangePicker.js';
import { readRange, wrongRange } from '../ledger-reports/dayRange.js';
import { useReportView, type ReportSort } from '../ledger-reports/useReportView.js';
import { GeneralLedger } from './GeneralLedger.js';
import { TrialBalance } from './TrialBalance.js';
import { showsIdle, TrialBalanceFilters } from './TrialBalanceFilters.js';
import { trialBalanceKeys } from './trialBalance.js';

const byCode: ReportSort = { field: 'code', order: 'ASC' };
const gl = 'general-ledger';

/** Opening balance, what moved by transaction type, closing balance: by account, payer or office, and by ledger account (LED-5). */
export function TrialBalancePage() {
  const text = useText();
  const locale = useLocale();
  const today = useToday();
  const view = useReportView(byCode);
  const officeCodes = view.get('offices')?.split(',').filter(Boolean);
  const day = today?.(officeCodes);
  if (day === undefined) return <PageSkeleton />;
  const range = readRange(view.get('from'), view.get('to'), day);
  const general = view.get('by') === gl;
  const by = trialBalanceKeys.find((key) => key === view.get('by')) ?? 'account';
  const q = view.get('q');
  const common = { ...range, ...(officeCodes?.length ? { officeCodes } : {}) };
  const idle = by === 'account' && showsIdle(view) ? ({ idleAccounts: true } as const) : {};
  const filter = general ? common : { ...common, by, ...(q ? { q } : {}), ...idle };
  const path = `/api/ledger/${general ? 'gl-trial-balance' : 'trial-balance'}`;
  const tab = general ? gl : by;
  return (
    <Page>
      <PageHeader
        title={text('menu.trialBalance')}
        beside={
          <RangePicker range={range} today={day} officeCodes={officeCodes} onChange={(next) => view.set({ ...next })} />
        }
        below={text(general ? 'trialBalance.glHint' : `trialBalance.hints.${by}`)}
        actions={<DownloadMenu path={path} filter={filter} />}
      />
      <WrongDays
        wrong={wrongRange(view.get('from'), view.get('to'), day)}
        shown={text('ledgerReports.range', { from: formatDate(range.from, locale), to: formatDate(range.to, locale) })}
      />
      <Card>
        <Tabs
          value={tab}
          onChange={(_, value: string) =>
            view.set({ by: value === 'account' ? undefined : value, sort: undefined, q: undefined })
          }
          variant="scrollable"
          allowScrollButtonsMobile
          aria-label={text('trialBalance.tabsLabel')}
          sx={{ borderBottom: 1, borderColor: 'divider', px: 1 }}
        >
          {[...trialBalanceKeys, gl].map((key) => (
            <Tab
              key={key}
              value={key}
              id={`tab-${key}`}
              aria-controls="trial-balance-panel"
              label={text(`trialBalance.tabs.${key}`)}
            />
          ))}
        </Tabs>
        <Box role="tabpanel" id="trial-balance-panel" aria-labelledby={`tab-${tab}`}>
          <TrialBalanceFilters
            view={view}
            officeCodes={officeCodes ?? []}
            searchable={!general}
            mayBeIdle={tab === 'account'}
            key={tab}
          />
          {general ? (
            <GeneralLedger filter={filter} view={view} />
          ) : (
            <TrialBalance by={by} filter={filter} view={view} />
          )}
        </Box>
      </Card>
    </Page>
  );
}
