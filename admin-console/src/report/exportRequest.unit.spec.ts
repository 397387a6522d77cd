import { describe, expect, it } from '@jest/globals';
import { exportRequest } from './exportRequest.js';

describe('an export of the report', () => {
  it('is asked for with the filter and in the order of the screen', () => {
    const filter = { asOf: '2013-06-30', officeCodes: [], q: 'Smith' };
    expect(exportRequest(filter, { field: 'accountNumber', order: 'ASC' }, 'csv')).toEqual({
      filter: { asOf: '2013-06-30', q: 'Smith' },
      sort: ['accountNumber', 'ASC'],
      format: 'csv',
    });
  });
});
