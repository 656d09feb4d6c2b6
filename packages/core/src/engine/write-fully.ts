import type { WritableFile } from "../disk/write-fs.ts";

/**
 * Writes all of `bytes`, looping over short writes.
 * @throws Node's error; a write of zero bytes, which would loop for ever, is an ENOSPC
 */
export function writeFully(file: WritableFile, bytes: Uint8Array): void {
  let done = 0;
  while (done < bytes.byteLength) {
    const count = file.write(bytes.subarray(done));
    if (count === 0) throw Object.assign(new Error("ENOSPC: no bytes written"), { code: "ENOSPC" });
    done += count;
  }
}
