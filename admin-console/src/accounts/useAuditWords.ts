import { useTranslate } from 'react-admin';
import { formatDate, isBusinessDate } from '../dates/dates.js';
import { useFlags } from '../flags/useFlags.js';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { formatMoney } from '../money/money.js';
import { usePayers } from '../payers/usePayers.js';
import type { NameOf } from '../reference-data/names.js';
import { useReferenceData } from '../reference-data/useReferenceData.js';
import { useTransactionTypes } from '../transactions/useTransactionTypes.js';

/** Fields that hold minor units of the account's currency. */
const amountFields = new Set(['amount', 'balance', 'credit', 'total', 'initialServiceDiscount']);

/**
 * A field's value as a person reads it: names instead of codes, amounts with their currency, days in the locale's order.
 * Undefined while a name is not known.
 */
export function useAuditWords(currency: string): (field: string, value: string | undefined) => string | undefined {
  const text = useText();
  const translate = useTranslate();
  const locale = useLocale();
  const { nameOf: flagName } = useFlags();
  const payers = usePayers();
  const types = useTransactionTypes();
  const reasons = useReferenceData('cancellation-reasons');
  const services = useReferenceData('service-types');
  const named: Readonly<Record<string, NameOf>> = {
    stage: (stage) => translate(`recoup.stages.${stage}`, { _: stage }),
    flags: (codes) => {
      const names = codes.split(', ').map(flagName);
      return names.includes(undefined) ? undefined : names.join(', ');
    },
    status: (status) =>
      translate(`recoup.accountStatuses.${status}`, {
        _: translate(`recoup.subscriptions.statuses.${status}`, { _: status }),
      }),
    reason: (reason) => translate(`recoup.erasures.reasons.${reason}`, { _: reason }),
    payerCode: payers.nameOf,
    transactionTypeCode: types.nameOf,
    cancellationReasonCode: reasons.nameOf,
    serviceTypeCode: services.nameOf,
  };
  return (field, value) => {
    if (value === undefined || value === '') return text('bulkActions.none');
    if (value === 'true' || value === 'false') return text(value === 'true' ? 'payers.yes' : 'payers.no');
    if (amountFields.has(field) && /^-?\d+$/.test(value))
      return formatMoney({ amount: Number(value), currency }, locale);
    if (isBusinessDate(value)) return formatDate(value, locale);
    return field in named ? named[field]?.(value) : value;
  };
}
