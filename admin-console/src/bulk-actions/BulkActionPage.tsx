export function BulkActionPage() { return null; }
