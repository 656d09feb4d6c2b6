import { describe, expect, test } from "vitest";
import { listCommand } from "../src/commands/list-command.ts";
import { activeKeyOption, dryRunOption } from "../src/options/cleanup-options.ts";
import { formatOption, includeGlobalOption, limitOption } from "../src/options/list-options.ts";
import { jsonOption, noColorOption } from "../src/options/output-options.ts";
import { storeOption } from "../src/options/selection-options.ts";
import { parseCommandLine } from "../src/program.ts";

function parse(...argv: readonly string[]) {
  const parsed = parseCommandLine(argv, { write: () => {}, columns: undefined });
  if (parsed === undefined) throw new Error("that was help");
  return parsed;
}

describe("parseCommandLine", () => {
  test("gives the command, its options and its arguments", () => {
    const { spec, options, arguments: words } = parse("explain", "--json", "duplicate-key");
    expect([spec.name, options.flag(jsonOption), words]).toEqual(["explain", true, ["duplicate-key"]]);
  });

  test("what is not given is undefined, also for flags written as a negation", () => {
    const { options } = parse("list");
    const flags = listCommand.optionGroups.flatMap((group) => group.options);
    for (const spec of flags) {
      const value =
        spec.kind === "flag" ? options.flag(spec) : spec.kind === "value" ? options.value(spec) : undefined;
      expect([spec.flags, value]).toEqual([spec.flags, undefined]);
    }
  });

  test("--no-color is true when given; a negatable flag tells both ways", () => {
    expect(parse("list", "--no-color").options.flag(noColorOption)).toBe(true);
    expect(parse("list", "--include-global").options.flag(includeGlobalOption)).toBe(true);
    expect(parse("list", "--no-include-global").options.flag(includeGlobalOption)).toBe(false);
  });

  test("values are parsed, the last one counts; = works too", () => {
    const { options } = parse("list", "--limit", "3", "--limit=all", "--store=a=b");
    expect([options.value(limitOption), options.value(storeOption)]).toEqual([null, "a=b"]);
  });

  test("a list keeps every value in order", () => {
    const { options } = parse("cleanup", "--active-key", "a", "--dry-run", "--active-key", "b");
    expect([options.list(activeKeyOption), options.flag(dryRunOption)]).toEqual([["a", "b"], true]);
  });

  test("a value that is not allowed is refused when it is read", () => {
    const { options } = parse("list", "--format", "xml");
    expect(() => options.value(formatOption)).toThrow('--format does not know "xml"');
  });
});
