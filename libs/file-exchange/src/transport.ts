/** Where a file goes: one small class a way (folder, later SFTP and HTTPS). */
export interface Transport {
  /**
   * Puts a file in a recipient's place under a name, whole or not at all. The same file again is no error; another one
   * of that name is never replaced. `accept` is asked, when all bytes are written and before the file appears.
   * @throws FileConflict when a different file has that name.
   */
  put(recipient: string, name: string, chunks: AsyncIterable<Uint8Array>, accept: () => void): Promise<Written>;
}

/** Size and SHA-256 of what lies there now. */
export interface Written {
  readonly bytes: number;
  readonly checksum: string;
}

/** A different file lies under the name already. */
export class FileConflict extends Error {
  constructor(name: string) {
    super(`A different file named ${name} is there already; it was left as it is.`);
    this.name = 'FileConflict';
  }
}
