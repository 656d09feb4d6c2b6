/** The identity of an index at the moment it was read: a quick test (stat fields) and a sure one (sha256). */
export interface IndexFingerprint {
  readonly dev: bigint;
  readonly ino: bigint;
  /** Bytes. */
  readonly size: number;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
  /** Lower-case hex. */
  readonly sha256: string;
}
