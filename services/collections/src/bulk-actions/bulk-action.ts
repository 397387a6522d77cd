import type { RunCommand, RunStatus } from '@recoup/service-kit';

/** What a person may ask of a bulk action; `undo` makes a new action, the others move this one (BLK-2). */
export type BulkActionCommand = 'confirm' | 'reject' | 'pause' | 'resume' | 'cancel' | 'retry' | 'undo';

/** From which statuses a person may ask for what, and the run's command that carries it out. */
const table: Record<BulkActionCommand, { from: readonly RunStatus[]; run: RunCommand | null }> = {
  confirm: { from: ['preview', 'awaiting-approval'], run: 'confirm' },
  reject: { from: ['preview', 'awaiting-approval'], run: 'cancel' },
  pause: { from: ['running'], run: 'pause' },
  resume: { from: ['paused'], run: 'resume' },
  cancel: { from: ['previewing', 'preview', 'awaiting-approval', 'running', 'paused'], run: 'cancel' },
  retry: { from: ['completed-with-failures'], run: 'retry' },
  undo: { from: ['completed', 'completed-with-failures', 'cancelled'], run: null },
};

/** Why a command is refused: the statuses that would allow it. Undefined when it is allowed. */
export function refusal(command: BulkActionCommand, status: RunStatus): readonly RunStatus[] | undefined {
  const { from } = table[command];
  return from.includes(status) ? undefined : from;
}

/** The run's command behind a person's command that moves the action. */
export function runCommand(command: Exclude<BulkActionCommand, 'undo'>): RunCommand {
  const { run } = table[command];
  if (!run) throw new Error(`${command} does not move a run`);
  return run;
}

/** Most items of a chunk; chunks are counted from 0 over the eligible items. */
export const chunkItems = 1000;

/** How many items each chunk has, in order: full ones, then the rest. */
export function chunkSizes(eligible: number): { chunks: number; last: number } {
  const chunks = Math.ceil(eligible / chunkItems);
  return { chunks, last: chunks === 0 ? 0 : eligible - (chunks - 1) * chunkItems };
}

/** A preview that takes longer than this answers `previewing` and goes on in the background. */
export const previewAnswerMs = 5000;

/** A projection further behind than this is not previewed from: 409 `projection-behind`. */
export const projectionBehindMsMax = 60_000;

/** Most accounts that a selection may name one by one. */
export const listedAccountsMax = 10_000;
