import { EmptyState } from '../feedback/EmptyState.js';
import { useText } from '../i18n/useText.js';
import { amountColumn } from '../ledger-reports/amountColumn.js';
import type { FigureColumn } from '../ledger-reports/FiguresTable.js';
import { ReportPart } from '../ledger-reports/ReportPart.js';
import { useLedgerReport } from '../ledger-reports/useLedgerReport.js';
import type { ReportView } from '../ledger-reports/useReportView.js';
import { Name } from '../reference-data/Name.js';
import type { NameOf } from '../reference-data/names.js';
import { useTransactionTypes } from '../transactions/useTransactionTypes.js';
import type { GeneralLedgerRow, GeneralLedgerTotals } from './trialBalance.js';

const figures = ['opening', 'debits', 'credits', 'closing'] as const;
type Column = FigureColumn<GeneralLedgerRow, GeneralLedgerTotals>;
const writeOffPrefix = 'write-off:';

/** Debits and credits by ledger account; over all accounts they are equal (LED-5). */
export function GeneralLedger({ filter, view }: { filter: object; view: ReportView }) {
  const text = useText();
  const { nameOf } = useTransactionTypes();
  const sort = view.sort.field === 'code' ? { field: 'ledgerAccount', order: view.sort.order } : view.sort;
  const shown = { ...view, sort };
  const report = useLedgerReport<GeneralLedgerRow, GeneralLedgerTotals>('gl-trial-balance', filter, shown);
  const columns = columnsOf(text, nameOf);
  return (
    <ReportPart
      label={text('trialBalance.tabs.general-ledger')}
      report={report}
      columns={columns}
      view={shown}
      empty={<EmptyState title={text('trialBalance.none')} hint={text('trialBalance.noneHint')} />}
    />
  );
}

function columnsOf(text: ReturnType<typeof useText>, nameOf: NameOf): readonly Column[] {
  const named = (ledgerAccount: string): string | undefined => {
    if (!ledgerAccount.startsWith(writeOffPrefix))
      return text(`trialBalance.accounts.${ledgerAccount.replace(':', '-')}`);
    const type = nameOf(ledgerAccount.slice(writeOffPrefix.length));
    return type === undefined ? undefined : text('trialBalance.writeOffAccount', { type });
  };
  return [
    {
      key: 'ledgerAccount',
      label: text('trialBalance.ledgerAccount'),
      sort: 'ledgerAccount',
      cell: ({ ledgerAccount }) => (
        <strong>
          <Name of={named(ledgerAccount)} width={160} />
        </strong>
      ),
    },
    { key: 'currency', label: text('bulkActions.currency'), sort: 'currency', cell: ({ currency }) => currency },
    ...figures.map((key) =>
      amountColumn<GeneralLedgerRow, GeneralLedgerTotals>({
        key,
        label: text(`trialBalance.${key}`),
        amount: (row) => row[key],
        main: key === 'closing',
      }),
    ),
  ];
}
