import AcUnit from '@mui/icons-material/AcUnit';
import { Alert, Box, Button, Chip } from '@mui/material';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import { RowsTable, type RowColumn } from '../accounts/RowsTable.js';
import type { AccountCard } from '../accounts/accountTypes.js';
import { useAccountRows } from '../accounts/useAccount.js';
import { useLedgerCommand } from '../accounts/useLedgerCommand.js';
import { useMay } from '../api/identity.js';
import { Day } from '../dates/Day.js';
import { formatInstant } from '../dates/dates.js';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { Amount } from '../money/Amount.js';
import { Name } from '../reference-data/Name.js';
import { ServiceTypeName } from '../reference-data/ServiceTypeName.js';
import { useReferenceData } from '../reference-data/useReferenceData.js';
import { useProblemWords } from '../problems/useProblemWords.js';
import { FreezeDialog } from './FreezeDialog.js';
import { RollBackDialog } from './RollBackDialog.js';
import type { Subscription } from './subscription.js';
import { useOpenFreeze } from './useOpenFreeze.js';

/** The recurring services of an account, and its freeze with the way back (LED-21, LED-52). */
export function SubscriptionsTab({ account }: { account: AccountCard }) {
  const text = useText();
  const locale = useLocale();
  const may = useMay();
  const [asked, setAsked] = useState<'freeze' | 'roll-back'>();
  const query = useAccountRows<Subscription>('/api/ledger/subscriptions', account.id, ['number', 'ASC']);
  const { data: freeze } = useOpenFreeze(account.id);
  const { nameOf: reasonName } = useReferenceData('cancellation-reasons');
  const reason = freeze ? reasonName(freeze.cancellationReasonCode) : undefined;
  const notify = useNotify();
  const words = useProblemWords();
  const command = useLedgerCommand(account.id);
  const rollBack = ({ id }: Subscription) =>
    command.mutate(
      { path: `subscriptions/${id}/roll-back`, body: {}, done: text('freezes.subscriptionBack') },
      { onError: (error) => notify(words.notice(error), { type: 'error' }) },
    );
  const shown = freeze && may('freezes', 'run') ? [...columns, rollBackOf(text, command.isPending, rollBack)] : columns;
  const close = () => setAsked(undefined);
  return (
    <>
      {freeze && (
        <Alert
          severity="info"
          icon={<AcUnit />}
          sx={{ m: 2 }}
          action={
            may('freezes', 'run') && (
              <Button color="inherit" size="small" onClick={() => setAsked('roll-back')}>
                {text('freezes.rollBack')}
              </Button>
            )
          }
        >
          <Name
            of={
              reason &&
              text('freezes.frozenBy', { actor: freeze.actor, at: formatInstant(freeze.frozenAt, locale), reason })
            }
            width={280}
          />
          {freeze.notes && <Box sx={{ mt: 0.5 }}>{freeze.notes}</Box>}
        </Alert>
      )}
      {!freeze && account.accountStatus === 'active' && may('freezes', 'create') && (
        <Box sx={{ display: 'flex', justifyContent: 'flex-end', px: 2, py: 1.25 }}>
          <Button size="small" variant="outlined" startIcon={<AcUnit />} onClick={() => setAsked('freeze')}>
            {text('freezes.freezeAccount')}
          </Button>
        </Box>
      )}
      <RowsTable query={query} columns={shown} empty={text('subscriptions.none')} />
      {asked === 'freeze' && <FreezeDialog account={account} onClose={close} />}
      {asked === 'roll-back' && freeze && <RollBackDialog account={account} freeze={freeze} onClose={close} />}
    </>
  );
}

/** The column that sets one subscription back; the account stays frozen. */
function rollBackOf(
  text: ReturnType<typeof useText>,
  pending: boolean,
  onRollBack: (subscription: Subscription) => void,
): RowColumn<Subscription> {
  return {
    label: 'lines.actions',
    cell: (subscription) =>
      subscription.status === 'frozen' && (
        <Button
          size="small"
          disabled={pending}
          aria-label={text('freezes.rollBackOf', { number: subscription.number })}
          onClick={() => onRollBack(subscription)}
        >
          {text('freezes.rollBack')}
        </Button>
      ),
  };
}

function Status({ status }: { status: Subscription['status'] }) {
  const text = useText();
  const colour = status === 'active' ? 'success' : status === 'frozen' ? 'info' : 'default';
  return <Chip size="small" variant="outlined" color={colour} label={text(`subscriptions.statuses.${status}`)} />;
}

const columns: readonly RowColumn<Subscription>[] = [
  {
    label: 'subscriptions.number',
    cell: ({ number }) => (
      <Box component="span" sx={{ fontWeight: 600 }}>
        {number}
      </Box>
    ),
  },
  { label: 'subscriptions.serviceType', cell: ({ serviceTypeCode }) => <ServiceTypeName code={serviceTypeCode} /> },
  { label: 'subscriptions.startedOn', cell: ({ startedOn }) => <Day date={startedOn} /> },
  {
    label: 'subscriptions.discount',
    numeric: true,
    cell: ({ initialServiceDiscount, currency }) => (
      <Amount amount={initialServiceDiscount} currency={currency} quietZero code />
    ),
  },
  { label: 'subscriptions.status', onCard: 'main', cell: ({ status }) => <Status status={status} /> },
];
