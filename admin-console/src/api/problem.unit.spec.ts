import { describe, expect, it } from '@jest/globals';
import { httpErrorOf, isNotFound, problemOf } from './problem.js';

const path = '/api/ledger/payers/1?x=y';

describe('an answer that is no success', () => {
  it('tells which service was asked, also when what stands before it answered in its own way', () => {
    const refused = { status: 422, code: 'frozen', detail: 'The account is frozen.' };
    expect(problemOf(httpErrorOf(422, refused, path))).toEqual({ ...refused, service: 'ledger' });
    for (const status of [502, 503, 504])
      expect(problemOf(httpErrorOf(status, '<html>Bad gateway</html>', path))).toEqual({
        status,
        code: status === 504 ? 'service-timeout' : 'service-unreachable',
        service: 'ledger',
      });
    expect(problemOf(httpErrorOf(500, '<html>', path))).toBeUndefined();
    expect(problemOf(httpErrorOf(404, refused, '/auth/me'))?.service).toBeUndefined();
  });

  it('says that there is no such thing when its id is unknown, or can be none', () => {
    const malformed = { status: 400, code: 'invalid-input', errors: [{ field: 'id', message: 'Invalid UUID' }] };
    expect(isNotFound(httpErrorOf(404, { status: 404, code: 'not-found' }, path))).toBe(true);
    expect(isNotFound(httpErrorOf(400, malformed, path))).toBe(true);
    expect(isNotFound(httpErrorOf(400, { ...malformed, errors: [{ field: 'name', message: '' }] }, path))).toBe(false);
    expect(isNotFound(httpErrorOf(502, '', path))).toBe(false);
    expect(isNotFound(new TypeError('network'))).toBe(false);
  });
});
