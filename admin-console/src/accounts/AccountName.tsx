import { useGetManyAggregate } from 'react-admin';
import { ErasedMark } from '../erasures/ErasedMark.js';

interface NamedAccount {
  id: string;
  accountNumber: string;
  name?: string | null;
}

/** An account's name in a list, beside its number; nothing where the two are the same. */
export function AccountName({ account: { id, accountNumber, name } }: { account: NamedAccount }) {
  if (name === null || name === undefined) return <Nameless id={id} />;
  return name === accountNumber ? null : <>{name}</>;
}

/**
 * The collections service can't tell an erased account from one whose name is still on its way; the ledger, which owns
 * both, can. All cells of a page ask it together, and only where a name is missing.
 */
function Nameless({ id }: { id: string }) {
  const { data } = useGetManyAggregate<{ id: string; erasedAt: string | null }>('accounts', { ids: [id] });
  return data?.[0]?.erasedAt ? <ErasedMark /> : null;
}
