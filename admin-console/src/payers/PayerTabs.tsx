import { Tab, Tabs } from '@mui/material';
import { useSearchParams } from 'react-router';
import { useText } from '../i18n/useText.js';

const tabs = ['settings', 'rules'] as const;
type PayerTab = (typeof tabs)[number];

/** The tab that the address names. */
export function usePayerTab(): PayerTab {
  const [query] = useSearchParams();
  return tabs.find((each) => each === query.get('tab')) ?? 'settings';
}

/** A payer's tabs; each is the same page by another address. */
export function PayerTabs({ tab }: { tab: PayerTab }) {
  const text = useText();
  const [, setQuery] = useSearchParams();
  return (
    <Tabs
      value={tab}
      onChange={(_, value: PayerTab) => setQuery(value === 'settings' ? {} : { tab: value }, { replace: true })}
      aria-label={text('payers.tabsLabel')}
      sx={{ borderBottom: 1, borderColor: 'divider', px: 1 }}
    >
      {tabs.map((each) => (
        <Tab
          key={each}
          value={each}
          id={`tab-${each}`}
          aria-controls="payer-panel"
          label={text(`payers.tabs.${each}`)}
        />
      ))}
    </Tabs>
  );
}
