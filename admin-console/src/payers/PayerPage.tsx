import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { send } from '../api/send.js';
import { ErrorPanel } from '../feedback/ErrorPanel.js';
import { PageSkeleton } from '../layout/PageSkeleton.js';
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

/** A payer's settings and rules, or those of a new one (LED-11). */
export function PayerPage() {
  const { id = '' } = useParams();
  const isNew = id === 'new';
  const { data, error, refetch } = useQuery({
    queryKey: ['payers', id],
    enabled: !isNew,
    queryFn: async ({ signal }) => (await send<Payer>(`/api/ledger/payers/${id}`, { signal })).json,
  });
  if (isNew) return <PayerForm key="new" payer={newPayer} />;
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  return <PayerForm key={`${data.id} ${data.version}`} payer={data} />;
}
