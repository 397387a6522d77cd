import { useQuery } from '@tanstack/react-query';
import { send } from '../api/send.js';
import { PageTrouble } from '../layout/PageTrouble.js';
import { PayerForm } from './PayerForm.js';
import type { Payer } from './payer.js';

const newPayer: Payer = {
  id: '',
  code: '',
  name: '',
  type: 'generic',
  skipGroupNumberCheck: false,
  skipPolicyIdCheck: false,
  active: true,
  version: 0,
};

/** The settings and rules of a new payer (LED-11). */
export function NewPayerPage() {
  return <PayerForm payer={newPayer} />;
}

/** A payer's settings and rules (LED-11). */
export function PayerPage({ id }: { id: string }) {
  const query = useQuery({
    queryKey: ['payers', id],
    queryFn: async ({ signal }) => (await send<Payer>(`/api/ledger/payers/${id}`, { signal })).json,
  });
  const { data } = query;
  if (!data) return <PageTrouble query={query} />;
  return <PayerForm key={`${data.id} ${data.version}`} payer={data} />;
}
