export function BulkActionList() { return null; }
