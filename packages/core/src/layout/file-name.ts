/** What the name of an entry of the sessions directory says it is (OpenClaw 2026.5.28 store format). */
export type FileClass =
  /** `<sessionId>.jsonl`, `<sessionId>-topic-<thread>.jsonl`, `<stamp>_<sessionId>.jsonl`: every `*.jsonl` that is nothing else. */
  | {
      readonly kind: "transcript";
      readonly sessionId: string;
      readonly topic?: string;
      readonly forkStamp?: string;
    }
  /** `<transcript>.jsonl.<deleted|reset|bak>.<stamp>`; `retiredAtMs` is undefined if the stamp is no time. */
  | {
      readonly kind: "archive";
      readonly reason: "deleted" | "reset" | "bak";
      readonly original: string;
      readonly retiredAtMs: number | undefined;
    }
  /** `<base>.checkpoint.<uuid>.jsonl` */
  | { readonly kind: "checkpoint"; readonly sessionId: string; readonly checkpointId: string }
  /** `<base>.trajectory.jsonl`, `<base>.trajectory-path.json` */
  | { readonly kind: "trajectory"; readonly base: string }
  | { readonly kind: "trajectory-pointer"; readonly base: string }
  /** `<transcript>.jsonl.lock` */
  | { readonly kind: "transcript-lock"; readonly transcript: string }
  /** `<transcript>.jsonl.codex-app-server.json` */
  | { readonly kind: "codex-binding"; readonly transcript: string }
  /** `<transcript>.jsonl.bak-<pid>-<ms>` */
  | { readonly kind: "repair-backup"; readonly transcript: string; readonly madeAtMs: number }
  /** `<index>.<pid>.<uuid>.tmp`, `<index>.<uuid>.tmp` */
  | { readonly kind: "index-temp"; readonly index: string }
  /** `<index>.bak.<digits>` */
  | { readonly kind: "index-backup"; readonly index: string }
  /** `skills-prompts/sha256/<2 hex>/<hash>.txt`, the only kind that lies below the directory */
  | { readonly kind: "prompt-blob"; readonly hash: string }
  /** Anything else. */
  | { readonly kind: "foreign" };
