import type { CleanupPolicy } from "./cleanup-policy.ts";
import type { CleanupFilePass } from "./file-pass.ts";
import { expiredArchives } from "./passes/expired-archives.ts";
import { orphanArtifacts } from "./passes/orphan-artifacts.ts";

/** The passes over files that a policy asks for, in the order in which they may decide on a file. */
export function filePasses({ orders }: CleanupPolicy): readonly CleanupFilePass[] {
  return orders.maintenance ? [expiredArchives, orphanArtifacts] : [];
}
