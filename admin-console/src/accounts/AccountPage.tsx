import { Box, Card, Tab, Tabs } from '@mui/material';
import { useSearchParams } from 'react-router';
import { BegunReferralNotice } from '../agency-referrals/BegunReferralNotice.js';
import { useMay } from '../api/identity.js';
import { PartTrouble } from '../feedback/PartTrouble.js';
import { useText } from '../i18n/useText.js';
import { Page } from '../layout/Page.js';
import { PageTrouble } from '../layout/PageTrouble.js';
import { UninvoicedNotice } from '../payer-invoices/UninvoicedNotice.js';
import { PayersTab } from '../payers/PayersTab.js';
import { SubscriptionsTab } from '../subscriptions/SubscriptionsTab.js';
import { AccountHeader } from './AccountHeader.js';
import { AccountSide } from './AccountSide.js';
import { InvoicesTab } from './InvoicesTab.js';
import { ReferralsTab } from './ReferralsTab.js';
import { TimelineTab } from './TimelineTab.js';
import { TransactionsTab } from './TransactionsTab.js';
import type { AccountCard } from './accountTypes.js';
import { useAccount } from './useAccount.js';

const tabs = ['invoices', 'transactions', 'payers', 'subscriptions', 'referrals', 'timeline'] as const;
type TabKey = (typeof tabs)[number];

/** The customer card: what an account owes, where it stands, and everything that happened to it (REP-6, CON-6). */
export function AccountPage({ id }: { id: string }) {
  const text = useText();
  const mayAudit = useMay()('audit', 'read');
  const [query, setQuery] = useSearchParams();
  const asked = useAccount(id);
  const { data: account } = asked;
  const offered = tabs.filter((tab) => tab !== 'timeline' || mayAudit);
  const tab = offered.find((each) => each === query.get('tab')) ?? 'invoices';
  if (!account) return <PageTrouble query={asked} />;
  return (
    <Page>
      <AccountHeader account={account} />
      <PartTrouble query={account.ofLedger ? { ...asked, data: undefined } : asked} />
      <BegunReferralNotice account={account} />
      <UninvoicedNotice account={account} />
      <Box
        sx={{
          display: 'grid',
          gap: 2,
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) 330px' },
          alignItems: 'start',
        }}
      >
        <Card sx={{ minWidth: 0 }}>
          <Tabs
            value={tab}
            onChange={(_, value: TabKey) => setQuery(value === 'invoices' ? {} : { tab: value }, { replace: true })}
            variant="scrollable"
            allowScrollButtonsMobile
            aria-label={account.accountNumber}
            sx={{ borderBottom: 1, borderColor: 'divider', px: 1 }}
          >
            {offered.map((each) => (
              <Tab
                key={each}
                value={each}
                label={text(`accounts.tabs.${each}`)}
                id={`tab-${each}`}
                aria-controls="account-panel"
              />
            ))}
          </Tabs>
          <Box
            role="tabpanel"
            id="account-panel"
            tabIndex={0}
            aria-labelledby={`tab-${tab}`}
            sx={{ overflowX: 'auto' }}
          >
            <Panel tab={tab} account={account} />
          </Box>
        </Card>
        <AccountSide account={account} />
      </Box>
    </Page>
  );
}

function Panel({ tab, account }: { tab: TabKey; account: AccountCard }) {
  switch (tab) {
    case 'invoices':
      return <InvoicesTab account={account} />;
    case 'transactions':
      return <TransactionsTab account={account} />;
    case 'payers':
      return <PayersTab account={account} />;
    case 'subscriptions':
      return <SubscriptionsTab account={account} />;
    case 'referrals':
      return <ReferralsTab account={account} />;
    case 'timeline':
      return <TimelineTab account={account} />;
  }
}
