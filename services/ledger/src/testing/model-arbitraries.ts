import * as fc from 'fast-check';
import { modelPayers } from './model-books.js';
import type { ModelTarget } from './model-closings.js';
import type { ModelCommand, ModelPart } from './model-commands.js';

/** A command, and how many days pass before it. */
export interface TimedCommand {
  readonly passed: number;
  readonly command: ModelCommand;
}

const place = fc.nat({ max: 11 });
const amount = fc.nat({ max: 2_500 });
const back = fc.oneof(fc.constant(0), fc.nat({ max: 9 }));
const payer = fc.constantFrom('SELF', ...modelPayers);
const custom = fc.constantFrom('custom-write-off-1', 'custom-write-off-2');
const type = fc.oneof(custom, fc.constant('coupon'));
const target: fc.Arbitrary<ModelTarget> = fc.record({
  of: fc.constantFrom('account', 'invoice', 'line'),
  which: place,
});
const part: fc.Arbitrary<ModelPart> = fc.record({ line: place, amount: fc.integer({ min: 1, max: 900 }), type });
const few = fc.oneof(
  { weight: 5, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: fc.array(part, { minLength: 1, maxLength: 2 }) },
);

/** Mostly one without a fee. */
const fee = fc.oneof(
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 90 }) },
);

const commands: Record<ModelCommand['of'], fc.Arbitrary<ModelCommand>> = {
  invoice: fc.record({
    of: fc.constant('invoice'),
    amounts: fc.array(amount, { minLength: 1, maxLength: 3 }),
    back,
    dueIn: fc.nat({ max: 20 }),
  }),
  payment: fc.record({ of: fc.constant('payment'), amount, back, payer, byHand: few, writeOffs: few }),
  return: fc.record({ of: fc.constant('return'), which: place, back, fee }),
  reverse: fc.record({ of: fc.constant('reverse'), which: place }),
  'write-off': fc.record({ of: fc.constant('write-off'), target, amount, type, back }),
  adjustment: fc.record({ of: fc.constant('adjustment'), target, amount, type: fc.constant('EXCOL'), back }),
  queue: fc.record({ of: fc.constant('queue'), line: place, payer, back }),
  refer: fc.record({ of: fc.constant('refer'), target, type: custom }),
  recall: fc.record({ of: fc.constant('recall'), target }),
};

const weights: Record<ModelCommand['of'], number> = {
  invoice: 4,
  payment: 6,
  return: 3,
  reverse: 4,
  'write-off': 2,
  adjustment: 1,
  queue: 3,
  refer: 2,
  recall: 2,
};

/** A sequence that begins with an invoice; `without` leaves out commands of some kinds. */
export function sequenceOf(
  lengthMax: number,
  without: readonly ModelCommand['of'][] = [],
): fc.Arbitrary<TimedCommand[]> {
  const kinds = (
    ['invoice', 'payment', 'return', 'reverse', 'write-off', 'adjustment', 'queue', 'refer', 'recall'] as const
  ).filter((kind) => !without.includes(kind));
  const command = fc.oneof(...kinds.map((kind) => ({ weight: weights[kind], arbitrary: commands[kind] })));
  const timed = fc.record({ passed: fc.nat({ max: 2 }), command });
  const first = fc.record({ passed: fc.constant(0), command: commands.invoice });
  return fc
    .tuple(first, fc.array(timed, { minLength: 5, maxLength: lengthMax - 1 }))
    .map(([opening, rest]) => [opening, ...rest]);
}
