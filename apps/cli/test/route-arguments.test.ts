import { describe, expect, test } from "vitest";
import { commandTable } from "../src/command-table.ts";
import { routeArguments } from "../src/route-arguments.ts";
import { UsageError } from "../src/usage-error.ts";

const route = (line: string): string =>
  routeArguments(line.split(" ").filter(Boolean), commandTable).join(" ");

describe("routeArguments", () => {
  test.each([
    ["", "list"],
    ["--json", "list --json"],
    ["list --json", "list --json"],
    ["--json list --limit 3", "list --json --limit 3"],
    ["--store list cleanup", "cleanup --store list"],
    ["--store=x cleanup --dry-run", "cleanup --store=x --dry-run"],
    ["--active-key list --active-key cleanup", "list --active-key list --active-key cleanup"],
    ["explain duplicate-key", "explain duplicate-key"],
    ["--help", "--help"],
    ["-h --json", "--help"],
    ["help", "--help"],
    ["help --json", "--help"],
    ["help cleanup", "cleanup --help"],
    ["cleanup --help", "cleanup --help"],
    ["--version", "version"],
    ["--json -V", "version --json"],
    ["-- list", "list -- list"],
    ["--no-include-global list", "list --no-include-global"],
    ["--limt 3", "list --limt 3"],
    ["--limt 3 cleanup", "list --limt 3 cleanup"],
  ])("%j becomes %j", (line, routed) => {
    expect(route(line)).toBe(routed);
  });

  test.each([
    ["clenup", "Did you mean cleanup?"],
    ["--json clenup --dry-run", "Did you mean cleanup?"],
    ["help clenup", "Did you mean cleanup?"],
    ["doctor", undefined],
  ])("%j is an unknown command", (line, hint) => {
    expect(() => route(line)).toThrow(expect.objectContaining({ hint }));
    expect(() => route(line)).toThrow(UsageError);
  });
});
