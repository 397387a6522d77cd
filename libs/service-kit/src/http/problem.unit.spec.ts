import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { malformedInput, notFound, wrongState } from './problem.js';
import { problemOf } from './problem.filter.js';

describe('a problem document', () => {
  it('carries status, code, detail and further members of a refusal', () => {
    const problem = problemOf(wrongState('run-in-progress', 'A run is going on.', { runId: 'r1' }));
    expect(problem).toMatchObject({ status: 409, code: 'run-in-progress', detail: 'A run is going on.', runId: 'r1' });
    expect(problem.type).toBe('urn:recoup:problem:run-in-progress');
    expect(problemOf(notFound('account')).detail).toBe('There is no account.');
  });

  it('names every field of an input, unknown ones too, and what would be right', () => {
    const schema = z.strictObject({ stage: z.enum(['pending', 'sent']), limits: z.object({ max: z.int().min(1) }) });
    const result = schema.safeParse({ stage: 'lost', limits: { max: 0 }, extra: 1 });
    const { errors } = malformedInput(result.error?.issues ?? []);
    expect(errors.map(({ field, expected }) => [field, expected])).toEqual([
      ['stage', 'pending | sent'],
      ['limits.max', 'at least 1'],
      ['extra', 'nothing'],
    ]);
  });

  it('tells nothing of an unknown error', () => {
    const problem = problemOf(new Error('relation "accounts" does not exist at /srv/app/x.js'));
    expect(problem).toMatchObject({ status: 500, code: 'internal' });
    expect(JSON.stringify(problem)).not.toMatch(/accounts|srv/);
  });

  it('turns what the caller can cause in the database into a refusal without names of ours', () => {
    const driver = Object.assign(new Error('insert into "accounts" … duplicate key'), { code: '23505' });
    const problem = problemOf(new Error('wrapped', { cause: driver }));
    expect(problem).toMatchObject({ status: 409, code: 'already-exists' });
    expect(JSON.stringify(problem)).not.toContain('accounts');
  });

  it('never takes a day that is not in the calendar for a fault of ours', () => {
    for (const code of ['22007', '22008'])
      expect(problemOf(Object.assign(new Error('date/time field value out of range'), { code })).status).toBe(400);
  });

  it('knows a body that is too large or is no JSON', () => {
    expect(problemOf(Object.assign(new Error('x'), { type: 'entity.too.large' })).status).toBe(413);
    expect(problemOf(Object.assign(new SyntaxError('x'), { type: 'entity.parse.failed' })).status).toBe(400);
  });
});
