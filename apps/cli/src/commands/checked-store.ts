import type { Finding } from "@sessionsmith/core";
import type { StorePicture } from "@sessionsmith/maintenance";

/** A store that was checked. */
export interface CheckedStore extends StorePicture {
  /** Where its sessions live; `database` for a session manager's own. */
  readonly era: string;
  /** How many transcripts there are, and how many of them were looked into. */
  readonly transcripts: number;
  readonly transcriptsLookedAt: number;
  readonly findings: readonly Finding[];
}
