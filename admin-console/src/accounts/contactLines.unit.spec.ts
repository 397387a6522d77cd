import { describe, expect, it } from '@jest/globals';
import { contactLines } from './contactLines.js';

describe('contact data', () => {
  it('is shown in order, whatever the service leaves out or masks', () => {
    const lines = contactLines({
      timeZone: 'UTC',
      address: { street: '12 Harbor Street', city: 'Springfield', line2: null },
      phones: [{ kind: 'mobile', number: '••• 0142' }],
      email: null,
      name: 'Ada Archer',
    });
    expect(lines).toEqual([
      { key: 'name', values: ['Ada Archer'] },
      { key: 'phones', values: ['mobile, ••• 0142'] },
      { key: 'address', values: ['12 Harbor Street, Springfield'] },
      { key: 'timeZone', values: ['UTC'] },
    ]);
  });

  it('may be none', () => {
    expect(contactLines(null)).toEqual([]);
  });
});
