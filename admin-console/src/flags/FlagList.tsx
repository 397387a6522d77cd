export function FlagList() { return null; }
