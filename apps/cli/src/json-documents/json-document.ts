/** One JSON document that a command prints, key by key; `docs/reference/json.md` is made from it, and a test compares it with real output. */
export interface JsonDocumentSpec {
  /** What prints it: `sessionsmith list --json`. */
  readonly title: string;
  /** What has to be known to read it; whole sentences. */
  readonly notes: readonly string[];
  readonly keys: readonly JsonKeySpec[];
}

/** One key of a document. */
export interface JsonKeySpec {
  /** Dotted path from the root; `[]` stands for each item of a list, `{}` for each value of a map. */
  readonly path: string;
  readonly type: string;
  /** When the key is there, if it is not always. */
  readonly when?: string;
  readonly description: string;
}
