/** A leg of a bench: does the work once, for the pair of that number, and answers how many seconds the part that counts took. */
export type Leg = (each: number) => Promise<number>;

/** Ratios of a bench: above 1 means ours was faster. */
export interface Ratio {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** The ratio of a bench with that of its control; not valid where the control says that the machine was too noisy. */
export interface Measured {
  readonly ratio: Ratio;
  readonly control: Ratio;
  readonly valid: boolean;
}

/** What the two legs are called where they are not ours and its pair. */
export interface Names {
  readonly ours: string;
  readonly pair: string;
}

const controlMin = 0.9;
const controlMax = 1.1;

/**
 * Runs both legs in turn (ours, pair, pair, ours, …), so that a machine that grows slower or faster favours neither, and
 * answers the ratio of pair's time to ours, pair by pair. First the pair against itself: where that is not near 1, the
 * machine is too noisy and the run is void.
 */
export async function inPairs(
  pairs: number,
  ours: Leg,
  pair: Leg,
  names: Names = { ours: 'ours', pair: 'pair' },
): Promise<Measured> {
  const control: number[] = [];
  const ratios: number[] = [];
  await pair(0);
  for (let each = 0; each < Math.max(2, Math.floor(pairs / 2)); each += 1) {
    const first = await pair(each);
    control.push((await pair(each)) / first);
  }
  for (let each = 0; each < pairs; each += 1) {
    const oursFirst = each % 2 === 0;
    const a = await (oursFirst ? ours(each) : pair(each));
    const b = await (oursFirst ? pair(each) : ours(each));
    const [mine, theirs] = oursFirst ? [a, b] : [b, a];
    ratios.push(theirs / mine);
    console.log(
      `pair ${each + 1}: ${names.ours} ${mine.toFixed(3)} s, ${names.pair} ${theirs.toFixed(3)} s, ratio ${(theirs / mine).toFixed(2)}`,
    );
  }
  const summary = summarize(control);
  return {
    ratio: summarize(ratios),
    control: summary,
    valid: summary.median >= controlMin && summary.median <= controlMax,
  };
}

/** Median with least and greatest. */
export function summarize(values: readonly number[]): Ratio {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  const median = sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
  return { median, min: sorted[0] ?? Number.NaN, max: sorted.at(-1) ?? Number.NaN };
}

/** Says a ratio and its control: the last lines of every bench. Where a bench has a further ratio, `what` names it. */
export function sayRatio({ ratio, control, valid }: Measured, what = ''): void {
  console.log(`${what}control: ${text(control)}${valid ? '' : ' — outside 0.9–1.1, so this run is void'}`);
  console.log(`${what}ratio: ${text(ratio)}`);
}

function text({ median, min, max }: Ratio): string {
  return `${median.toFixed(2)} (${min.toFixed(2)}–${max.toFixed(2)})`;
}
