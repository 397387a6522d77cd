/** Codes are for programs: they begin with a letter or digit and have no blanks. */
const codePattern = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** Whether a code can be used as it is typed; what stands around it is cut off by the service. */
export function isCode(typed: string): boolean {
  return codePattern.test(typed.trim());
}
