import { describe, expect, it } from '@jest/globals';
import { initialParameters, isComplete } from './actionParameters.js';
import { reportActions } from './actionTypes.js';

describe('the parameters of an action', () => {
  it('begin with the defaults of the manual', () => {
    expect(initialParameters('write-off').values).toEqual({ transactionTypeCode: 'coupon' });
    expect(initialParameters('send-to-arm').values).toEqual({ setStageToSent: true });
  });

  it('are complete from the start only where nothing must be chosen', () => {
    const complete = reportActions.filter((type) => isComplete(initialParameters(type)));
    expect(complete).toEqual(['write-off', 'send-to-arm', 'export']);
    expect(isComplete({ type: 'flags', values: { add: [], remove: ['vip'] } })).toBe(true);
  });
});
