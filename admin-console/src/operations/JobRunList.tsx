export function JobRunList() { return null; }
