import { Box, Skeleton, Typography } from '@mui/material';
import { PartTrouble } from '../feedback/PartTrouble.js';
import { useText } from '../i18n/useText.js';
import { Amount } from '../money/Amount.js';
import { useHeld } from '../payers/useHeld.js';
import { Fact } from './Fact.js';
import type { AccountCard } from './accountTypes.js';

/** Beside what the account itself owes, what each insurer and each agency is responsible for; no part of the balance (LED-23). */
export function HeldFacts({ account }: { account: AccountCard }) {
  const text = useText();
  const query = useHeld(account.id);
  if (!query.data)
    return (
      <PartTrouble
        query={query}
        waiting={
          <Fact label={<Skeleton width={90} />}>
            <Skeleton width={110} sx={{ fontSize: '1.125rem' }} />
          </Fact>
        }
      />
    );
  return query.data.map(({ payerCode, payerName, payerType, amount }) => (
    <Fact key={payerCode} label={payerName} half>
      <Box sx={{ fontSize: '1.125rem' }}>
        <Amount amount={amount} currency={account.currency} code />
      </Box>
      <Typography variant="caption" component="div" sx={{ color: 'text.secondary' }}>
        {text(`accounts.heldBy.${payerType}`)}
      </Typography>
    </Fact>
  ));
}
