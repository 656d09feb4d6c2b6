import { longFlag } from "./option-spec.ts";
import type { FlagSpec, ListSpec, OptionSpec, ValueSpec } from "./option-spec.ts";

/** The options of one command line, read through their specs, so that each value has the type that its spec parses. */
export interface GivenOptions {
  /** True or false as given (`--x`, `--no-x`), undefined if not given. */
  readonly flag: (spec: FlagSpec) => boolean | undefined;
  /** The parsed value, undefined if not given. Throws a UsageError for a value that is not allowed. */
  readonly value: <T>(spec: ValueSpec<T>) => T | undefined;
  /** Every parsed value in the order given. */
  readonly list: <T>(spec: ListSpec<T>) => readonly T[];
}

/**
 * Wraps what commander collected.
 * @param raw by long flag: true or false for a flag, the texts of a value in the order given
 */
export function givenOptions(raw: ReadonlyMap<string, boolean | readonly string[]>): GivenOptions {
  const texts = (spec: OptionSpec): readonly string[] => {
    const value = raw.get(longFlag(spec)) ?? [];
    return typeof value === "boolean" ? [] : value;
  };
  return {
    flag: (spec) => {
      const value = raw.get(longFlag(spec));
      return typeof value === "boolean" ? value : undefined;
    },
    value: (spec) => {
      const text = texts(spec).at(-1);
      return text === undefined ? undefined : spec.parse(text);
    },
    list: (spec) => texts(spec).map((text) => spec.parse(text)),
  };
}
