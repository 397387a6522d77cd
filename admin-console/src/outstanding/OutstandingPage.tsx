import { Box, Card, Link, TextField } from '@mui/material';
import { Link as RouterLink } from 'react-router';
import { formatDate, isBusinessDate } from '../dates/dates.js';
import { readDay, wrongDay } from '../dates/askedDay.js';
import { useToday } from '../dates/useToday.js';
import { WrongDays } from '../dates/WrongDays.js';
import { useLocale } from '../i18n/useLocale.js';
import { ErasedMark } from '../erasures/ErasedMark.js';
import { EmptyState } from '../feedback/EmptyState.js';
import { SelectField } from '../forms/SelectField.js';
import { useText } from '../i18n/useText.js';
import { Page } from '../layout/Page.js';
import { PageHeader } from '../layout/PageHeader.js';
import { PageSkeleton } from '../layout/PageSkeleton.js';
import { DownloadMenu } from '../ledger-reports/DownloadMenu.js';
import { amountColumn } from '../ledger-reports/amountColumn.js';
import type { FigureColumn } from '../ledger-reports/FiguresTable.js';
import { NameCell } from '../ledger-reports/NameCell.js';
import { ReportPart } from '../ledger-reports/ReportPart.js';
import { useLedgerReport } from '../ledger-reports/useLedgerReport.js';
import { useReportView, type ReportSort } from '../ledger-reports/useReportView.js';
import { usePayers } from '../payers/usePayers.js';
import { ReportSearch } from '../report/ReportSearch.js';
import { AgencyCards } from './AgencyCards.js';
import {
  outstandingFigures,
  sumsByCurrency,
  type OutstandingFigures,
  type OutstandingRow,
  type OutstandingTotals,
} from './outstanding.js';

const largestFirst: ReportSort = { field: 'outstanding', order: 'DESC' };
type Column = FigureColumn<OutstandingRow, OutstandingFigures>;

/** What agencies hold: referred − collected − recalled = outstanding, by account and invoice (LED-43). */
export function OutstandingPage() {
  const text = useText();
  const locale = useLocale();
  const view = useReportView(largestFirst);
  const today = useToday()?.();
  const { payers } = usePayers();
  const asked = view.get('asOf');
  const asOf = today === undefined ? undefined : (readDay(asked, today) ?? today);
  const payerCode = view.get('payer');
  const q = view.get('q');
  const filter = { ...(asOf ? { asOf } : {}), ...(payerCode ? { payerCode } : {}), ...(q ? { q } : {}) };
  const report = useLedgerReport<OutstandingRow, OutstandingTotals>('agency-outstanding', filter, view);
  if (today === undefined || asOf === undefined) return <PageSkeleton />;
  const agencies = payers.filter(({ type }) => type === 'generic');
  return (
    <Page>
      <PageHeader
        title={text('menu.outstanding')}
        below={text('outstanding.hint')}
        actions={<DownloadMenu path="/api/ledger/agency-outstanding" filter={filter} />}
      />
      <WrongDays wrong={[wrongDay('asOf', asked, today)]} shown={formatDate(asOf, locale)} />
      <AgencyCards totals={report.totals ?? []} />
      <Card>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.25, px: 1.5, py: 1.75, alignItems: 'center' }}>
          <Box sx={{ width: { xs: '100%', sm: 280 } }}>
            <SelectField
              label={text('outstanding.agency')}
              value={payerCode ?? 'all'}
              options={[
                { value: 'all', label: text('outstanding.all') },
                ...agencies.map(({ code, name }) => ({ value: code, label: name })),
              ]}
              onChange={(code) => view.set({ payer: code === 'all' ? undefined : code })}
            />
          </Box>
          <ReportSearch q={view.get('q') ?? ''} onChange={(typed) => view.set({ q: typed })} />
          <TextField
            type="date"
            label={text('report.asOfTitle')}
            key={asOf}
            defaultValue={asOf}
            onBlur={({ target }) => {
              if (isBusinessDate(target.value) && target.value <= today && target.value !== asOf)
                view.set({ asOf: target.value === today ? undefined : target.value });
            }}
            onKeyDown={({ key, currentTarget }) => key === 'Enter' && currentTarget.querySelector('input')?.blur()}
            slotProps={{ htmlInput: { max: today }, inputLabel: { shrink: true } }}
          />
        </Box>
        <ReportPart
          label={text('menu.outstanding')}
          report={{ ...report, totals: report.totals && sumsByCurrency(report.totals) }}
          columns={columnsOf(text)}
          view={view}
          empty={<EmptyState title={text('outstanding.none')} hint={text('outstanding.noneHint')} />}
        />
      </Card>
    </Page>
  );
}

function columnsOf(text: ReturnType<typeof useText>): readonly Column[] {
  return [
    {
      key: 'account',
      label: text('report.columns.accountNumber'),
      sort: 'accountNumber',
      cell: ({ accountId, accountNumber }) => (
        <Link component={RouterLink} to={`/accounts/${accountId}`} sx={{ fontWeight: 600 }}>
          {accountNumber}
        </Link>
      ),
    },
    {
      key: 'name',
      label: text('report.columns.name'),
      cell: ({ accountName, accountNumber }) =>
        accountName === null ? <ErasedMark /> : <NameCell name={accountName === accountNumber ? '' : accountName} />,
    },
    {
      key: 'invoice',
      label: text('invoices.number'),
      sort: 'invoiceNumber',
      named: true,
      cell: ({ invoiceNumber }) => invoiceNumber,
    },
    { key: 'payer', label: text('outstanding.agency'), sort: 'payerCode', cell: ({ payerName }) => payerName },
    { key: 'currency', label: text('bulkActions.currency'), cell: ({ currency }) => currency },
    ...outstandingFigures.map((key) =>
      amountColumn<OutstandingRow, OutstandingFigures>({
        key,
        label: text(`outstanding.${key}`),
        sort: key,
        amount: (row) => row[key],
        main: key === 'outstanding',
      }),
    ),
  ];
}
