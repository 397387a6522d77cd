export function ParkedMessageList() { return null; }
