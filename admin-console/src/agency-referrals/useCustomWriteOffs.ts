import { useTransactionTypes } from '../transactions/useTransactionTypes.js';
import { isCustomWriteOff } from '../write-offs/writeOffSettings.js';

/** The custom write-offs in use: in the column of one of them a referral stands. */
export function useCustomWriteOffs() {
  const { ofKind } = useTransactionTypes();
  return ofKind('write-off').filter(({ code }) => isCustomWriteOff(code));
}
