import { describe, expect, test } from "vitest";
import type { CliIo } from "../src/io.ts";
import { givenOptions } from "../src/options/given-options.ts";
import { outputView } from "../src/output-view.ts";
import { recordingIo } from "./fake-io.ts";

const terminal = recordingIo({ columns: 80 }).io;
const given = (...flags: readonly string[]) => givenOptions(new Map(flags.map((flag) => [flag, true])));

describe("colour", () => {
  test.each<[string, boolean, Partial<CliIo>, readonly string[]]>([
    ["a terminal", true, {}, []],
    ["no terminal", false, { stdoutIsTty: false, columns: undefined }, []],
    ["NO_COLOR", false, { env: { NO_COLOR: "1" } }, []],
    ["an empty NO_COLOR", true, { env: { NO_COLOR: "" } }, []],
    ["--no-color", false, {}, ["--no-color"]],
    ["a dumb terminal", false, { env: { TERM: "dumb" } }, []],
  ])("%s: %s", (_, color, io, flags) => {
    expect(outputView(given(...flags), { ...terminal, ...io }).color).toBe(color);
  });
});

test("the flags are taken as given", () => {
  expect(outputView(given("--json", "--quiet"), terminal)).toMatchObject({
    json: true,
    quiet: true,
    verbose: false,
  });
});
