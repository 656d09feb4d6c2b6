/** What the group and others may do. */
const ofOthers = 0o077;

/** The mode that a file of a store should have: its own if nobody else may do anything with it, else 0600. */
export function wantedFileMode(mode: number): number {
  return (mode & ofOthers) === 0 ? mode : 0o600;
}

/** The mode that a sessions directory should have: its own if nobody else may enter it, else 0700. */
export function wantedDirMode(mode: number): number {
  return (mode & ofOthers) === 0 ? mode : 0o700;
}
