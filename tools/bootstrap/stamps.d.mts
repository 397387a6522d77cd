export function readStamp(path: string): string | undefined;
export function writeStamp(path: string, stamp: string): void;
export function fileStamp(path: string): string;
export function sourceStamp(root: string): string;
export function isInstalled(root: string): boolean;
export function unbuilt(root: string): string[];
