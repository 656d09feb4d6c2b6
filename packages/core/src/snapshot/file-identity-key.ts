import type { FileFact } from "../disk/read-fs.ts";

/** What two names of one file have in common, as the key of a map. */
export function fileIdentityKey({ dev, ino }: FileFact): string {
  return `${dev}:${ino}`;
}
