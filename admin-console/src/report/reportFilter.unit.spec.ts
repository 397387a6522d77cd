import { describe, expect, it } from '@jest/globals';
import { activeKeys, filterFromQuery, filterToQuery, sameFilter, withoutQuickFilters } from './reportFilter.js';

const today = '2026-11-22';

describe('the filter in the address', () => {
  it('comes back as it was written', () => {
    const filter = {
      asOf: '2013-06-30',
      officeCodes: ['391', '406'],
      balanceMin: 5000,
      bucket: 'days31to60' as const,
      stage: 'pending' as const,
      flagsNone: ['vip'],
      disputed: false,
    };
    const query = filterToQuery(filter, today);
    expect(query.toString()).toContain('asOf=2013-06-30');
    expect(filterFromQuery(query, today)).toEqual(filter);
  });

  it('leaves out today, so that a kept link means today', () => {
    expect(filterToQuery({ asOf: today }, today).toString()).toBe('');
    expect(filterFromQuery(new URLSearchParams(), today)).toEqual({ asOf: today });
  });

  it('never carries the text searched for', () => {
    expect(filterToQuery({ asOf: today, q: 'Smith' }, today).toString()).toBe('');
  });

  it('opens without what it can not read', () => {
    const query = new URLSearchParams('asOf=2027-01-01&bucket=old&balanceMin=ten&disputed=perhaps&stage=sent');
    expect(filterFromQuery(query, today)).toEqual({ asOf: today, stage: 'sent' });
  });
});

describe('a filter', () => {
  it('is the same whatever the order of its parts', () => {
    expect(sameFilter({ asOf: today, stage: 'sent', q: '' }, { stage: 'sent', asOf: today })).toBe(true);
    expect(sameFilter({ asOf: today, stage: 'sent' }, { asOf: today })).toBe(false);
  });

  it('counts without its quick filters', () => {
    expect(withoutQuickFilters({ asOf: today, bucket: 'current', stage: 'sent', q: 'a' })).toEqual({
      asOf: today,
      q: 'a',
    });
  });

  it('lists what is set', () => {
    expect(activeKeys({ asOf: today, stage: 'sent', officeCodes: [], q: 'a' })).toEqual(['q', 'stage']);
  });
});
