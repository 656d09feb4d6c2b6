import { describe, expect, test } from "vitest";
import { findingCatalogue } from "@sessionsmith/core";
import { runCli } from "../fake-io.ts";

const ids = Object.keys(findingCatalogue);
const meaning = findingCatalogue["transcript-missing"];

describe("explain", () => {
  test("one finding: severity, title, explanation, remedy", async () => {
    const { status, stdout } = await runCli(["explain", "transcript-missing"]);
    expect(status).toBe(0);
    expect(stdout).toBe(
      `transcript-missing (${meaning.severity}): ${meaning.title}\n\n${meaning.explanation}\n\n${meaning.remedy}\n`,
    );
  });

  test("one finding as JSON", async () => {
    const { stdout } = await runCli(["explain", "transcript-missing", "--json"]);
    expect(JSON.parse(stdout)).toEqual({ id: "transcript-missing", ...meaning });
  });

  test("without an id every finding is listed", async () => {
    const lines = (await runCli(["explain"])).stdout.trimEnd().split("\n").slice(1);
    expect(lines.map((line) => line.split(/ +/)[1])).toEqual(ids);
    const { findings } = JSON.parse((await runCli(["explain", "--json"])).stdout);
    expect(findings.map(({ id }: { id: string }) => id)).toEqual(ids);
  });

  test("an unknown id is a mistake of the command line, with the nearest one", async () => {
    expect(await runCli(["explain", "transcript-mising"])).toEqual({
      status: 2,
      stdout: "",
      stderr:
        'sessionsmith: there is no finding with the id "transcript-mising"\nDid you mean transcript-missing?\n' +
        "Usage: sessionsmith explain [options] [finding-id]\n",
    });
    expect((await runCli(["explain", "toString"])).stderr).toContain("`sessionsmith explain` lists all ids.");
  });
});
