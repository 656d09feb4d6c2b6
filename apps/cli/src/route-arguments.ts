import type { CommandSpec } from "./command-spec.ts";
import { nearestMatch } from "./nearest-match.ts";
import { longFlag, negatedFlag } from "./options/option-spec.ts";
import { UsageError } from "./usage-error.ts";

const helpFlags: readonly string[] = ["-h", "--help"];
const versionFlags: readonly string[] = ["-V", "--version"];

/**
 * Puts the command in front of its options: `--json list` becomes `list --json`, no command at all becomes `list`,
 * `help list` becomes `list --help`, and `--version` becomes `version`. Help of the program itself stays as it is.
 * @throws UsageError if the first word is no command.
 */
export function routeArguments(argv: readonly string[], table: readonly CommandSpec[]): readonly string[] {
  const flags = knownFlags(table);
  const at = firstWord(argv, flags);
  if (at === undefined) return routeFlags(argv);
  const word = argv[at] ?? "";
  const rest = argv.toSpliced(at, 1);
  if (word === "help") {
    return firstWord(rest, flags) === undefined ? ["--help"] : [...routeArguments(rest, table), "--help"];
  }
  const names = table.map(({ name }) => name);
  if (names.includes(word)) return [word, ...rest];
  const near = nearestMatch(word, names);
  throw new UsageError(`unknown command "${word}"`, near === undefined ? undefined : `Did you mean ${near}?`);
}

function routeFlags(argv: readonly string[]): readonly string[] {
  if (argv.some((word) => helpFlags.includes(word))) return ["--help"];
  if (argv.some((word) => versionFlags.includes(word))) {
    return ["version", ...argv.filter((word) => !versionFlags.includes(word))];
  }
  return ["list", ...argv];
}

/**
 * Where the first word stands that is neither a flag nor the value of one. Behind an unknown flag nothing can be told:
 * undefined, so that the flag is what the error is about.
 */
function firstWord(argv: readonly string[], flags: ReadonlyMap<string, boolean>): number | undefined {
  for (let index = 0; index < argv.length; index += 1) {
    const word = argv[index] ?? "";
    if (!word.startsWith("-")) return index;
    const [flag = word, inlineValue] = word.split("=", 2);
    const takesValue = flags.get(flag);
    if (takesValue === undefined) return undefined;
    if (takesValue && inlineValue === undefined) index += 1;
  }
  return undefined;
}

/** Every flag of every command, and whether it takes a value. */
function knownFlags(table: readonly CommandSpec[]): ReadonlyMap<string, boolean> {
  const flags = new Map([...helpFlags, ...versionFlags].map((flag) => [flag, false]));
  for (const { optionGroups } of table) {
    for (const spec of optionGroups.flatMap(({ options }) => options)) {
      flags.set(longFlag(spec), spec.kind !== "flag");
      if (spec.kind === "flag" && spec.negated !== undefined) flags.set(negatedFlag(spec), false);
    }
  }
  return flags;
}
