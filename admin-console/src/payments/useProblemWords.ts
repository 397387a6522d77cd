import { useText } from '../i18n/useText.js';
import type { PaymentProblem } from './paymentForm.js';

/** The words for what is wrong with a line, or, for null, with the payment as a whole; undefined when nothing is. */
export function useProblemWords(): (
  problems: readonly PaymentProblem[],
  billLineId: string | null,
) => string | undefined {
  const text = useText();
  return (problems, billLineId) => {
    for (const problem of problems) {
      const of = 'billLineId' in problem ? problem.billLineId : null;
      if (of !== billLineId || problem.kind === 'unreadable' || problem.kind === 'no-type') continue;
      return text(`payments.problems.${problem.kind}`);
    }
    return undefined;
  };
}
