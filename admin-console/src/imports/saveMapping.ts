/** Hands a mapping to the browser as a file, for imports by the command line. */
export function saveMapping(name: string, json: string): void {
  const url = URL.createObjectURL(new Blob([`${json}\n`], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${name || 'mapping'}.json`;
  link.click();
  URL.revokeObjectURL(url);
}
