import { describe, expect, it } from '@jest/globals';
import { Throttle } from './throttle.js';

describe('the throttle of failed sign-ins', () => {
  it('closes a key after the failures of its limit, and opens it when the oldest has left the window', () => {
    let now = 1_000_000;
    const throttle = new Throttle({ failures: 3, windowSeconds: 300 }, () => now);
    for (let failure = 0; failure < 3; failure += 1) {
      expect(throttle.secondsToWait('collector')).toBe(0);
      throttle.fail('collector');
      now += 10_000;
    }
    expect(throttle.secondsToWait('collector')).toBe(270);
    expect(throttle.secondsToWait('supervisor')).toBe(0);
    now += 270_000;
    expect(throttle.secondsToWait('collector')).toBe(0);
  });

  it('forgets the failures of a key that signed in', () => {
    const throttle = new Throttle({ failures: 1, windowSeconds: 300 }, () => 0);
    throttle.fail('collector');
    throttle.clear('collector');
    expect(throttle.secondsToWait('collector')).toBe(0);
  });
});
