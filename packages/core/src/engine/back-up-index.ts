import type { FileFact } from "../disk/read-fs.ts";
import { isSameFile, saysNoLinks } from "./move-name.ts";
import type { PartContext } from "./part-context.ts";
import { streamContent } from "./content.ts";
import { stageFile } from "./stage-file.ts";

/**
 * Keeps the present index in the operation's folder: by a second name, which costs nothing because every writer replaces
 * the index as a whole, or by a synced copy where there are no hard links. Does nothing if it is kept already.
 */
export function backUpIndex(context: PartContext, present: FileFact, sha256: string): void {
  const { fs } = context.host;
  const backup = context.paths.indexBefore;
  try {
    fs.link(context.indexPath, backup);
  } catch (error) {
    const kept = fs.lstat(backup);
    if (kept !== undefined && isSameFile(kept, present)) return;
    if (!saysNoLinks(error)) throw error;
    if (kept !== undefined) fs.unlink(backup);
    const copy = {
      source: "splice",
      path: context.indexPath,
      size: present.size,
      sha256,
      edits: [],
    } as const;
    stageFile(fs, {
      path: backup,
      content: (take) => streamContent(fs, copy, { recipes: context.recipes, take }),
      mode: present.mode,
      owner: present,
      mtimeNs: present.mtimeNs,
    });
  }
  context.touched.add(context.paths.dir);
}
