import { describe, expect, it } from '@jest/globals';
import { allowedFrom, hasEnded, nextStatus, type RunCommand, type RunStatus } from './run.js';

const statuses: RunStatus[] = [
  'previewing',
  'preview',
  'awaiting-approval',
  'running',
  'paused',
  'completed',
  'completed-with-failures',
  'cancelled',
];

/** Every allowed move by hand; what is not listed is refused. */
const moves: Record<RunCommand, Partial<Record<RunStatus, RunStatus>>> = {
  confirm: { preview: 'running', 'awaiting-approval': 'running' },
  'await-approval': { preview: 'awaiting-approval' },
  pause: { running: 'paused' },
  resume: { paused: 'running' },
  cancel: {
    previewing: 'cancelled',
    preview: 'cancelled',
    'awaiting-approval': 'cancelled',
    running: 'cancelled',
    paused: 'cancelled',
  },
  retry: { 'completed-with-failures': 'running' },
  end: { running: 'completed' },
};

describe.each(Object.entries(moves) as [RunCommand, Partial<Record<RunStatus, RunStatus>>][])(
  '%s',
  (command, allowed) => {
    it.each(statuses)('from %s leads where the table says', (status) => {
      expect(nextStatus(status, command)).toBe(allowed[status]);
      expect(allowedFrom(command).includes(status)).toBe(status in allowed);
    });
  },
);

describe('hasEnded', () => {
  it('holds for the three ends only', () => {
    expect(statuses.filter(hasEnded)).toEqual(['completed', 'completed-with-failures', 'cancelled']);
  });
});
