import { useFlags } from '../flags/useFlags.js';
import { useLocale } from '../i18n/useLocale.js';
import { useText } from '../i18n/useText.js';
import { moneyInWords, sumByCurrency } from '../money/money.js';
import { sayingOf, type BulkAction } from './bulkAction.js';

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}

/**
 * What a bulk action is to do, as a sentence: "Write off 5,119.85 USD on 52 accounts"; once it has ended, what it did: "Wrote off
 * 4,000.00 USD on 40 accounts, of 52".
 */
export function useActionWords(): (action: BulkAction) => string {
  const text = useText();
  const locale = useLocale();
  const said = useSaying();
  return (action) => {
    const { count, of } = sayingOf(action);
    if (count === 0) return text('words.nothing', { action: text(`actions.types.${action.type}`) });
    return of === count ? said(action) : text('words.ofAll', { said: said(action), all: of.toLocaleString(locale) });
  };
}

function useSaying(): (action: BulkAction) => string {
  const text = useText();
  const locale = useLocale();
  const { byCode } = useFlags();
  const names = (codes: string[]) =>
    new Intl.ListFormat(locale).format(codes.map((code) => byCode.get(code)?.name ?? code));
  return (action) => {
    const { type, parameters } = action;
    const { words, count, totals } = sayingOf(action);
    const amounts = moneyInWords(sumByCurrency(totals), locale);
    switch (type) {
      case 'flags': {
        const add = texts(parameters['add']);
        const remove = texts(parameters['remove']);
        if (add.length === 0) return text(`${words}.flagsRemove`, { count, flags: names(remove) });
        if (remove.length === 0) return text(`${words}.flagsAdd`, { count, flags: names(add) });
        return text(`${words}.flagsBoth`, { count, add: names(add), remove: names(remove) });
      }
      case 'update-stage':
        return text(`${words}.update-stage`, { count, stage: text(`stages.${String(parameters['stage'])}`) });
      case 'write-off':
        return text(`${words}.write-off`, { count, amounts });
      case 'send-to-arm': {
        const said = parameters['setStageToSent'] === false ? 'armOnly' : 'send-to-arm';
        return text(`${words}.${said}`, { count, amounts });
      }
      case 'undo':
        return totals.some(({ amount }) => amount !== 0)
          ? text(`${words}.undoMoney`, { count, amounts })
          : text(`${words}.undo`, { count });
      case 'export':
        return text(`${words}.export`, { count });
      default:
        return text(`${words}.other`, { count, action: text(`actions.types.${type}`) });
    }
  };
}
