import type { PayerType } from '@recoup/contracts';

/** Who may be responsible for paying: Self, an insurer, or a collection agency (LED-11). */
export interface Payer {
  id: string;
  code: string;
  name: string;
  type: PayerType;
  skipGroupNumberCheck: boolean;
  skipPolicyIdCheck: boolean;
  active: boolean;
  version: number;
}

/** A payer assigned to an account, with what its rules ask for. */
export interface AccountPayer {
  id: string;
  accountId: string;
  payerId: string;
  payerCode: string;
  payerName: string;
  payerType: PayerType;
  groupNumber: string | null;
  policyId: string | null;
  active: boolean;
  version: number;
}

export const payerTypes: readonly PayerType[] = ['insurer', 'generic'];

/** Whether an assignment has all that the payer's rules ask for. */
export function mayAssign(
  payer: Pick<Payer, 'skipGroupNumberCheck' | 'skipPolicyIdCheck'>,
  { groupNumber, policyId }: { groupNumber: string; policyId: string },
): boolean {
  return (
    (payer.skipGroupNumberCheck || groupNumber.trim() !== '') && (payer.skipPolicyIdCheck || policyId.trim() !== '')
  );
}
