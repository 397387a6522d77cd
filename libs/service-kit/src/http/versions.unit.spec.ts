import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { editedFields, etag, parseIfMatch, requireVersion, withoutReadOnly } from './versions.js';

describe('versions', () => {
  it('read back the ETag that they gave', () => {
    expect(parseIfMatch(etag(7)['ETag'])).toBe(7);
    expect(parseIfMatch(undefined)).toBeUndefined();
    expect(() => parseIfMatch('"abc"')).toThrow('If-Match must be the ETag');
  });

  it('refuse a change of something that changed meanwhile', () => {
    expect(() => requireVersion(3, 4)).toThrow(expect.objectContaining({ code: 'changed-meanwhile', kind: 'changed' }));
    expect(() => requireVersion(4, 4)).not.toThrow();
    expect(() => requireVersion(undefined, 4)).not.toThrow();
  });
});

describe('read-only fields of a PUT', () => {
  const stored = { id: '1', name: 'A', createdAt: '2026-01-01' };

  it('are dropped when they are as stored', () => {
    expect(withoutReadOnly({ ...stored, name: 'B' }, stored, ['id', 'createdAt'])).toEqual({ name: 'B' });
  });

  it('are refused when they differ', () => {
    expect(() => withoutReadOnly({ id: '2' }, stored, ['id'])).toThrow(
      expect.objectContaining({
        code: 'read-only',
        errors: [{ field: 'id', message: 'is read-only', expected: '"1"' }],
      }),
    );
  });
});

describe('what a PUT leaves out', () => {
  const schema = z.strictObject({ name: z.string(), applyCredit: z.boolean().default(true) });
  const stored = { id: '1', name: 'A', applyCredit: false, version: 3 };

  it('stays as it is stored, whatever a new row would begin with', () => {
    expect(editedFields(schema, { name: 'B' }, stored, ['id', 'version'])).toEqual({ name: 'B', applyCredit: false });
    expect(editedFields(schema, { ...stored, applyCredit: true }, stored, ['id', 'version'])).toEqual({
      name: 'A',
      applyCredit: true,
    });
  });

  it('is refused when nobody knows it', () => {
    expect(() => editedFields(schema, { colour: 'red' }, stored, ['id', 'version'])).toThrow('colour');
  });
});
