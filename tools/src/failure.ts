/** A reason why Recoup cannot run here, in words for the person at the keyboard: printed without a stack. */
export class Failure extends Error {
  override name = 'Failure';
}

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
