import { createHash } from "node:crypto";
import type { ReadableFile } from "../disk/read-fs.ts";

const chunkBytes = 1 << 20;

/** A source that is read from its start on, a large chunk at a time, however small the pieces are that are passed on. */
export interface ChunkedSource {
  /** Passes on what lies before `end` and was not passed yet. */
  readonly passTo: (end: number, pass: (bytes: Uint8Array) => void) => void;
  /** Lower-case hex over all that was read. */
  readonly sha256: () => string;
}

/** Opens a file of `size` bytes for {@link ChunkedSource}; one that turns out to be shorter throws what `onShort` makes. */
export function openChunks(
  file: ReadableFile,
  { size, onShort }: { readonly size: number; readonly onShort: () => Error },
): ChunkedSource {
  const hash = createHash("sha256");
  const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, size));
  let chunk = buffer.subarray(0, 0);
  let chunkStart = 0;
  let position = 0;
  const readNext = (): void => {
    chunkStart += chunk.length;
    const wanted = buffer.subarray(0, size - chunkStart);
    chunk = wanted.subarray(0, file.read(wanted, chunkStart));
    if (chunk.length === 0) throw onShort();
    hash.update(chunk);
  };
  return {
    passTo: (end, pass) => {
      while (position < end) {
        if (position === chunkStart + chunk.length) readNext();
        const to = Math.min(end, chunkStart + chunk.length);
        pass(chunk.subarray(position - chunkStart, to - chunkStart));
        position = to;
      }
    },
    sha256: () => hash.digest("hex"),
  };
}

/** Gathers small pieces into chunks that are worth a system call; each is only valid during the call of `take`. */
export function gatherChunks(take: (chunk: Uint8Array) => void): {
  readonly put: (bytes: Uint8Array) => void;
  readonly flush: () => void;
} {
  const buffer = Buffer.allocUnsafe(chunkBytes);
  let filled = 0;
  const flush = (): void => {
    if (filled > 0) take(buffer.subarray(0, filled));
    filled = 0;
  };
  const put = (bytes: Uint8Array): void => {
    if (filled + bytes.length > buffer.length) flush();
    // A piece as large as this is a chunk itself.
    if (bytes.length > buffer.length) return take(bytes);
    buffer.set(bytes, filled);
    filled += bytes.length;
  };
  return { put, flush };
}
