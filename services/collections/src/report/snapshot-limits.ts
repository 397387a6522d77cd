/** Most snapshots that are kept at a time. */
export const snapshotsMax = 20;

/** How long a snapshot is kept after its last use. */
export const snapshotKeptMinutes = 60;
