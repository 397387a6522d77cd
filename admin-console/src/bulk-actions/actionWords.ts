import { formatInstant } from '../dates/dates.js';
import { moneyInWords, sumByCurrency } from '../money/money.js';
import { sayingOf, type BulkAction, type BulkActionTotal, type UndoneAction } from './bulkAction.js';

/** Where the words come from: the texts of a language, and the names of flags by their code. */
export interface ActionWordSources {
  text: (key: string, values?: Record<string, string | number>) => string;
  locale: string;
  flagName: (code: string) => string;
}

/** What is said of an action that is no undo. */
interface Said extends Pick<UndoneAction, 'type' | 'parameters'> {
  words: 'words' | 'done';
  count: number;
  totals: readonly BulkActionTotal[];
}

/**
 * What a bulk action is to do, as a sentence: "Write off 5,119.85 USD on 52 accounts"; once it has ended, what it did: "Wrote off
 * 4,000.00 USD on 40 accounts, of 52". An undo names what it takes back, and of when.
 */
export function actionWords({ text, locale, flagName }: ActionWordSources): (action: BulkAction) => string {
  const names = (codes: unknown) => new Intl.ListFormat(locale).format(texts(codes).map(flagName));
  const amountsOf = (totals: readonly BulkActionTotal[]) => moneyInWords(sumByCurrency(totals), locale);

  function said({ type, parameters, words, count, totals }: Said): string {
    const { add, remove, stage, setStageToSent } = parameters;
    switch (type) {
      case 'flags':
        if (texts(add).length === 0) return text(`${words}.flagsRemove`, { count, flags: names(remove) });
        if (texts(remove).length === 0) return text(`${words}.flagsAdd`, { count, flags: names(add) });
        return text(`${words}.flagsBoth`, { count, add: names(add), remove: names(remove) });
      case 'update-stage':
        return text(`${words}.update-stage`, { count, stage: text(`stages.${String(stage)}`) });
      case 'write-off':
        return text(`${words}.write-off`, { count, amounts: amountsOf(totals) });
      case 'send-to-arm':
        return text(`${words}.${setStageToSent === false ? 'armOnly' : 'send-to-arm'}`, {
          count,
          amounts: amountsOf(totals),
        });
      case 'export':
        return text(`${words}.export`, { count });
      default:
        return text(`${words}.other`, { count, action: text(`actions.types.${type}`) });
    }
  }

  function undoSaid(undone: UndoneAction, { words, count, totals }: ReturnType<typeof sayingOf>): string {
    const what = said({ ...undone, words: 'done', count: undone.done });
    const at = undone.startedAt ? formatInstant(undone.startedAt, locale) : '';
    if (count === 0) return text('words.undoNothing', { what, at });
    return totals.some(({ amount }) => amount !== 0)
      ? text(`${words}.undoMoney`, { what, at, count, amounts: amountsOf(totals) })
      : text(`${words}.undo`, { what, at, count });
  }

  return (action) => {
    const { type, parameters, undoes } = action;
    const saying = sayingOf(action);
    const { words, count, of, totals } = saying;
    const named = type !== 'undo' && count > 0;
    if (!undoes && !named) return text('words.nothing', { action: text(`actions.types.${type}`) });
    const sentence = undoes ? undoSaid(undoes, saying) : named ? said({ type, parameters, words, count, totals }) : '';
    return count === 0 || of === count
      ? sentence
      : text('words.ofAll', { said: sentence, all: of.toLocaleString(locale) });
  };
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}
