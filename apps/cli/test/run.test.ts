import { describe, expect, test } from "vitest";
import { commandTable } from "../src/command-table.ts";
import { runCli } from "./fake-io.ts";

describe("a mistake on the command line: exit 2, nothing on stdout, the usage line on stderr", () => {
  test.each([
    [["clenup"], 'unknown command "clenup"\nDid you mean cleanup?\nUsage: sessionsmith [command] [options]'],
    [["doctor"], 'unknown command "doctor"\nUsage: sessionsmith [command] [options]'],
    [
      ["list", "--limt", "3"],
      "unknown option '--limt'\nDid you mean --limit?\nUsage: sessionsmith list [options]",
    ],
    [
      ["--limt", "3"],
      "unknown option '--limt'\nDid you mean --limit?\nUsage: sessionsmith [command] [options]",
    ],
    [
      ["--jsn", "cleanup"],
      "unknown option '--jsn'\nDid you mean --json?\nUsage: sessionsmith cleanup [options]",
    ],
    [["list", "--limit"], "option '--limit <n|all>' argument missing\nUsage: sessionsmith list [options]"],
    [
      ["list", "extra"],
      "too many arguments for 'list'. Expected 0 arguments but got 1.\nUsage: sessionsmith list [options]",
    ],
    [["cleanup", "--repair"], "unknown option '--repair'\nUsage: sessionsmith cleanup [options]"],
    [["apply"], "missing required argument 'plan'\nUsage: sessionsmith apply [options] <plan>"],
    [
      ["trash", "lst"],
      'trash does not know "lst"\nDid you mean list?\nUsage: sessionsmith trash [options] <action> [operation]',
    ],
    [
      ["trash", "list", "--dry-run"],
      "--dry-run does not go with trash list\nUsage: sessionsmith trash [options] <action> [operation]",
    ],
    [
      ["trash", "purge", "x"],
      "trash purge takes no further word\nUsage: sessionsmith trash [options] <action> [operation]",
    ],
    [
      ["trash", "restore"],
      "trash restore needs the id of an operation\nUsage: sessionsmith trash [options] <action> [operation]",
    ],
    [
      ["explain", "a", "b"],
      "too many arguments for 'explain'. Expected 1 argument but got 2.\nUsage: sessionsmith explain [options] [finding-id]",
    ],
  ])("%j", async (argv, text) => {
    expect(await runCli(argv)).toEqual({ status: 2, stdout: "", stderr: `sessionsmith: ${text}\n` });
  });

  test("with --json it is one JSON object on stderr", async () => {
    const { status, stdout, stderr } = await runCli(["clenup", "--json"]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(JSON.parse(stderr)).toEqual({
      error: {
        code: "E_USAGE",
        message: 'unknown command "clenup"',
        hint: "Did you mean cleanup?",
        details: {},
        exitCode: 2,
      },
    });
    expect(stderr.trimEnd()).not.toContain("\n");
  });
});

describe("an unforeseen error: exit 1, asks for a report", () => {
  test("without its stack", async () => {
    const { status, stdout, stderr } = await runCli(["list"]);
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: "",
      stderr: "sessionsmith: this run has no host\nThis is a bug, please report it.\n",
    });
  });

  test("with its stack under --verbose", async () => {
    const { stderr } = await runCli(["list", "--verbose"]);
    expect(stderr).toMatch(/please report it\.\nError: this run has no host\n {4}at /);
  });
});

describe("help", () => {
  test.each([[["--help"]], [["-h"]], [["help"]], [["--json", "--help"]]])(
    "%j lists every command",
    async (argv) => {
      const { status, stdout, stderr } = await runCli(argv);
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      for (const word of [...commandTable.map(({ name }) => name), "EXAMPLES", "EXIT STATUS"]) {
        expect(stdout).toContain(word);
      }
    },
  );

  test.each(commandTable.map(({ name }) => name))(
    "%s --help ends with examples and exit statuses",
    async (name) => {
      const { status, stdout } = await runCli([name, "--help"]);
      expect(status).toBe(0);
      expect(stdout).toMatch(
        /\nEXAMPLES\n {2}# .+\n {2}sessionsmith .+\n[^]*\nEXIT STATUS\n {4}0 {2}everything asked for was done\n/,
      );
      expect((await runCli(["help", name])).stdout).toBe(stdout);
    },
  );

  test("list says what a list is not, and where OpenClaw shows that", async () => {
    const { stdout } = await runCli(["list", "--help"]);
    expect(stdout).toContain("does not tell whether a channel is alive");
    for (const line of [
      "openclaw channels status --probe",
      "openclaw status --deep",
      "openclaw health --verbose",
    ]) {
      expect(stdout).toContain(line);
    }
  });

  test("cleanup says what it never touches", async () => {
    expect((await runCli(["cleanup", "--help"])).stdout).toMatch(
      /cron\/runs\/\*\.jsonl\) are never touched; cron\.runLog/,
    );
  });

  test("fits the terminal", async () => {
    const { stdout } = await runCli(["list", "--help"], { columns: 80 });
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });
});
