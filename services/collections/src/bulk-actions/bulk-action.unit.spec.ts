import { describe, expect, it } from '@jest/globals';
import { chunkSizes, refusal, runCommand, type BulkActionCommand } from './bulk-action.js';

describe('the life of a bulk action', () => {
  it.each<[BulkActionCommand, Parameters<typeof refusal>[1], boolean]>([
    ['confirm', 'preview', true],
    ['confirm', 'previewing', false],
    ['confirm', 'running', false],
    ['reject', 'preview', true],
    ['reject', 'running', false],
    ['pause', 'running', true],
    ['pause', 'paused', false],
    ['resume', 'paused', true],
    ['cancel', 'previewing', true],
    ['cancel', 'paused', true],
    ['cancel', 'completed', false],
    ['retry', 'completed-with-failures', true],
    ['retry', 'completed', false],
    ['undo', 'completed', true],
    ['undo', 'cancelled', true],
    ['undo', 'running', false],
    ['undo', 'paused', false],
  ])('%s from %s: %s', (command, status, allowed) => {
    expect(refusal(command, status) === undefined).toBe(allowed);
  });

  it('says which statuses would allow what was refused', () => {
    expect(refusal('resume', 'completed')).toEqual(['paused']);
  });

  it('rejects by cancelling the run', () => {
    expect(runCommand('reject')).toBe('cancel');
  });

  it.each([
    [0, { chunks: 0, last: 0 }],
    [1, { chunks: 1, last: 1 }],
    [1000, { chunks: 1, last: 1000 }],
    [1001, { chunks: 2, last: 1 }],
    [2466, { chunks: 3, last: 466 }],
  ])('cuts %i items into chunks', (eligible, sizes) => {
    expect(chunkSizes(eligible)).toEqual(sizes);
  });
});
