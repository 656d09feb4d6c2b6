/** `error`: data is lost, unreachable or unsafe. `warning`: something will go wrong later. `info`: worth knowing. */
export type FindingSeverity = "error" | "warning" | "info";

/** What a finding id means, and what mends it. */
export interface FindingMeaning {
  readonly severity: FindingSeverity;
  /** One line, lower case, without a full stop. */
  readonly title: string;
  /** What was found, why it matters, and what was done about it. */
  readonly explanation: string;
  /** What to do next. Names only commands that exist. */
  readonly remedy: string;
}
