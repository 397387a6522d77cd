/** Where a run stands; the first three come before it may start (BLK-2). */
export type RunStatus =
  | 'previewing'
  | 'preview'
  | 'awaiting-approval'
  | 'running'
  | 'paused'
  | 'completed'
  | 'completed-with-failures'
  | 'cancelled';

/** What a person or the runner asks of a run. */
export type RunCommand = 'confirm' | 'await-approval' | 'pause' | 'resume' | 'cancel' | 'retry' | 'end';

/** From which statuses a command is allowed, and where it leads. `end` leads where the counts say. */
const transitions: Record<RunCommand, { from: readonly RunStatus[]; to: RunStatus }> = {
  confirm: { from: ['preview', 'awaiting-approval'], to: 'running' },
  'await-approval': { from: ['preview'], to: 'awaiting-approval' },
  pause: { from: ['running'], to: 'paused' },
  resume: { from: ['paused'], to: 'running' },
  cancel: { from: ['previewing', 'preview', 'awaiting-approval', 'running', 'paused'], to: 'cancelled' },
  retry: { from: ['completed-with-failures'], to: 'running' },
  end: { from: ['running'], to: 'completed' },
};

/** The status a command leads to, or undefined when the run's status doesn't allow it. */
export function nextStatus(status: RunStatus, command: RunCommand): RunStatus | undefined {
  const { from, to } = transitions[command];
  return from.includes(status) ? to : undefined;
}

/** The statuses from which a command is allowed, to tell a person who asked for it too early or too late. */
export function allowedFrom(command: RunCommand): readonly RunStatus[] {
  return transitions[command].from;
}

/** Whether nothing will happen to the run any more, unless someone asks for a retry. */
export function hasEnded(status: RunStatus): boolean {
  return status === 'completed' || status === 'completed-with-failures' || status === 'cancelled';
}

/** A run as the engine sees it. */
export interface RunRow {
  readonly id: string;
  readonly kind: string;
  readonly type: string;
  readonly status: RunStatus;
  readonly actor: string;
  readonly approver: string | null;
  readonly offices: string[];
  readonly correlation_id: string | null;
  readonly fence: number;
}

/** A chunk as the engine sees it. */
export interface ChunkRow {
  readonly run_id: string;
  readonly number: number;
  readonly items: number;
  readonly attempts: number;
}

/** How a chunk's items ended; the three add up to its items. `amount` is the sum of done items' effects in minor units. */
export interface ChunkCounts {
  readonly done: number;
  readonly skipped: number;
  readonly failed: number;
  readonly amount: number;
}

/** Sums over a run's chunks. */
export interface RunProgress extends ChunkCounts {
  readonly items: number;
}
