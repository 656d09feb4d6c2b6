/** A flag without a value. */
export interface FlagSpec {
  readonly kind: "flag";
  /** As written on the command line: `--dry-run`. */
  readonly flags: string;
  readonly description: string;
  /** What `--no-…` does, if that exists too. */
  readonly negated?: string;
}

/** A flag with a value; `parse` is pure and throws a UsageError that says what is allowed. */
export interface ValueSpec<T> {
  readonly kind: "value";
  /** As written on the command line: `--limit <n|all>`. */
  readonly flags: string;
  readonly description: string;
  readonly parse: (text: string) => T;
}

/** A flag with a value that may be given several times. */
export interface ListSpec<T> {
  readonly kind: "list";
  readonly flags: string;
  readonly description: string;
  readonly parse: (text: string) => T;
}

/** One option of a command, as data: help, parsing and the generated reference are made from it. */
export type OptionSpec = FlagSpec | ValueSpec<unknown> | ListSpec<unknown>;

/** The long flag without its value: `--limit`. */
export function longFlag(spec: Pick<OptionSpec, "flags">): string {
  return /--[a-z-]+/.exec(spec.flags)?.[0] ?? spec.flags;
}

/** The negated form of a long flag: `--no-include-global`. */
export function negatedFlag(spec: Pick<OptionSpec, "flags">): string {
  return longFlag(spec).replace("--", "--no-");
}
