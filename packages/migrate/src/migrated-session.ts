import type { KeyOrigin } from "./keys/wanted-keys.ts";
import type { LegacyDialect } from "./legacy-dialect.ts";

/** What becomes of one legacy session. */
export interface MigratedSession {
  /** Absolute path of its file. */
  readonly path: string;
  readonly dialect: LegacyDialect;
  /** How its store names it. */
  readonly legacyId: string;
  /**
   * `migrate`: it is brought in. `there`: it is in the store already. `duplicate`: another file has all of it.
   * `left`: it could not be migrated, or it has changed since it was, here or in the store.
   */
  readonly outcome: "migrate" | "there" | "duplicate" | "left";
  /** What follows is undefined for a session that is left or a duplicate. */
  readonly agentId: string | undefined;
  readonly storePath: string | undefined;
  readonly sessionId: string | undefined;
  /** The session's own key first, then others that lead to it. */
  readonly keys: readonly string[];
  readonly keyOrigin: KeyOrigin | undefined;
  readonly transcript: string | undefined;
  readonly messages: number;
  /** Epoch ms. */
  readonly updatedAt: number;
  readonly updatedFrom: "store" | "message" | "mtime";
}
