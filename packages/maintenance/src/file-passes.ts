import type { CleanupPolicy } from "./cleanup-policy.ts";
import type { CleanupFilePass } from "./file-pass.ts";

/** The passes over files that a policy asks for, in the order in which they may decide on a file. */
export function filePasses(_policy: CleanupPolicy): readonly CleanupFilePass[] {
  return [];
}
