/** The position that a scanner returns when the bytes stop being JSON; the reason is then in {@link ByteScan.stop}. */
export const stopped = -1;

/** The position of something that was not met. */
export const nowhere = -1;

/**
 * The state that the scanners of one pass share.
 *
 * It is one mutable object, because the scanners run once for every value of files that may hold millions of them:
 * they return a bare position and leave here what else they learn, so that nothing is allocated for a value.
 * The object gets all its fields in one place, which keeps access to them cheap.
 */
export interface ByteScan {
  /** Valid UTF-8 without NUL bytes. */
  readonly bytes: Buffer;
  /** The same bytes, to be read four at a time. */
  readonly words: DataView;
  /** Where and why the bytes stopped being JSON. */
  stop: ScanStop | undefined;
  /** The member name that was scanned last, with its quotes. */
  nameStart: number;
  nameEnd: number;
  /** Whether that name, or what was scanned after it, holds a backslash. */
  escaped: boolean;
  /** Offset of the first escape in the current row that is half of a surrogate pair. */
  loneSurrogateAt: number;
  /** Offset of the first number in the current row that a double can't hold exactly. */
  inexactNumberAt: number;
  /** Offset of the first container in the current row that is nested too deep. */
  tooDeepAt: number;
  /** The bytes that close the open containers, by level; level 0 has none. Grows as needed. */
  closers: Uint8Array;
}

/** The byte that no JSON document has at this place. */
export interface ScanStop {
  readonly at: number;
  /** What would have been right, without content of the file. */
  readonly problem: string;
}

/** Starts a pass over `bytes`. */
export function createByteScan(bytes: Buffer): ByteScan {
  return {
    bytes,
    words: new DataView(bytes.buffer, bytes.byteOffset, bytes.length),
    stop: undefined,
    nameStart: nowhere,
    nameEnd: nowhere,
    escaped: false,
    loneSurrogateAt: nowhere,
    inexactNumberAt: nowhere,
    tooDeepAt: nowhere,
    closers: new Uint8Array(64),
  };
}

/** Notes why the bytes stop being JSON, and returns {@link stopped} for the scanner to return. */
export function stopScan(scan: ByteScan, at: number, problem: string): typeof stopped {
  scan.stop = { at, problem };
  return stopped;
}

/** Forgets what was noted about the row before. */
export function startRow(scan: ByteScan): void {
  scan.loneSurrogateAt = nowhere;
  scan.inexactNumberAt = nowhere;
  scan.tooDeepAt = nowhere;
}
