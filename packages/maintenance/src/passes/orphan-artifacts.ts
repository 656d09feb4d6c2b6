import { fileAgeMs } from "../file-age.ts";
import type { CleanupFilePass } from "../file-pass.ts";
import { decideOrphans, findOrphans } from "../orphans.ts";

/**
 * Moves files to the trash that no row which stays references and that are older than `pruneAfterMs` and `minAgeMs`:
 * transcripts with a session header, checkpoints, sidecars whose transcripts are gone or go too, prompts of skills; and
 * temporary files of the index that nobody will finish. Files of other programs stay.
 */
export const orphanArtifacts: CleanupFilePass = (view) =>
  decideOrphans(findOrphans(view), view, ({ file, dueAgeMs }) =>
    fileAgeMs(file, view.now) > dueAgeMs ? undefined : "within-prune-after",
  );
