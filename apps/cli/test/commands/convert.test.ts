import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hasSqlite } from "@sessionsmith/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { convertDocument } from "../../src/json-documents/convert-document.ts";
import { runCli } from "../fake-io.ts";
import { promisedPaths, realPaths } from "../json-documents/documented-paths.ts";
import { makeStateDir, type StateDir, tickingHost } from "../store-dirs.ts";
import { treeOf } from "../tree-of.ts";

let state: StateDir;
let host: ReturnType<typeof tickingHost>;
const index = `{ "agent:main:main": {"sessionId":"s1", "updatedAt": 1.79e12} }\n`;
const transcript = `{"type":"session","version":3,"id":"s1"}\n{"role":"user","content":"a secret", "n": 1e2}\n`;
const at = (path: string) => join(state.path, path);

beforeEach(() => {
  state = makeStateDir();
  host = tickingHost(state);
  state.write("bot/sessions.json", index);
  state.write("bot/s1.jsonl", transcript);
});
afterEach(() => state.dispose());

const run = (...words: readonly string[]) =>
  runCli([...words, "--state-dir", at("openclaw")], { host: { ...host, cwd: state.path } });
const amount = "1 session, 1 transcript with 1 line, 0 checkpoints.\n";
const compared =
  "Compared with the original: rows and their order, headers and lines, checkpoints and settings are the same, byte for byte.\n";

describe.skipIf(!hasSqlite())("convert", () => {
  test("makes a database of files, files of a database, and undo takes these back", async () => {
    const before = treeOf(at("bot"));
    expect(await run("convert", "bot", "my.db", "--dry-run")).toEqual({
      status: 0,
      stderr: "",
      stdout: `Would copy the files of ${at("bot")} to ${at("my.db")}: ${amount}Nothing was changed (--dry-run).\n`,
    });
    expect(existsSync(at("my.db"))).toBe(false);
    expect(treeOf(at("bot"))).toEqual(before);

    const made = await run("convert", "bot/sessions.json", "my.db");
    expect(made).toEqual({
      status: 0,
      stderr: "",
      stdout: `Copied the files of ${at("bot/sessions.json")} to ${at("my.db")}: ${amount}${compared}`,
    });
    expect((await run("check", "--store", at("my.db"))).status).toBe(0);

    const preview = await run("convert", "my.db", "back", "--dry-run");
    expect(preview.stdout).toContain(
      `Would copy the database ${at("my.db")} to ${at("back/sessions.json")}: ${amount}`,
    );
    expect(existsSync(at("back"))).toBe(false);
    const back = await run("convert", "my.db", "back");
    expect(back.stdout).toContain(
      `Copied the database ${at("my.db")} to ${at("back/sessions.json")}: ${amount}${compared}`,
    );
    expect(readFileSync(at("back/s1.jsonl"), "utf8")).toBe(transcript);
    expect(readFileSync(at("back/sessions.json"), "utf8")).toContain(
      `{"sessionId":"s1", "updatedAt": 1.79e12}`,
    );
    const [, operation = ""] = /undo (\S+)`/.exec(back.stdout) ?? [];
    expect(await run("undo", operation, "--store", at("back/sessions.json"))).toMatchObject({ status: 0 });
    expect(existsSync(at("back/s1.jsonl"))).toBe(false);
    expect((await run("convert", "my.db", "back")).status).toBe(0);
  });

  test("prints the document that is described", async () => {
    const documents = [];
    for (const words of [
      ["bot", "my.db", "--dry-run"],
      ["bot", "my.db"],
      ["my.db", "back", "--dry-run"],
      ["my.db", "back"],
    ]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const { status, stdout } = await run("convert", ...words, "--json");
      expect(status).toBe(0);
      expect(stdout).not.toContain("a secret");
      documents.push(JSON.parse(stdout));
    }
    const real = realPaths(documents, convertDocument);
    expect([...real].toSorted()).toEqual(convertDocument.keys.map(({ path }) => path).toSorted());
    expect([...real]).toEqual(expect.arrayContaining([...promisedPaths(convertDocument)]));
    expect(documents.map(({ compared: isCompared, operationId }) => [isCompared, operationId])).toEqual([
      [false, null],
      [true, null],
      [false, null],
      [true, expect.any(String)],
    ]);
  });

  test.each([
    ["something where the database goes", ["bot", "there"], 15, "already"],
    ["sessions where the files go", ["my.db", "bot"], 15, "already"],
    ["a source that is not there", ["nowhere", "new.db"], 10, "There is no"],
    ["a torn line", ["torn", "new.db"], 15, "not understood"],
    ["one path only", ["bot"], 2, "Usage"],
    ["a blank path", ["bot", " "], 2, "two paths"],
  ])("refuses %s, and changes nothing", async (_, words, status, said) => {
    await run("convert", "bot", "my.db");
    writeFileSync(at("there"), "mine");
    state.write("torn/sessions.json", index);
    state.write("torn/s1.jsonl", transcript.slice(0, -9));
    const before = treeOf(state.path);
    const { status: real, stdout, stderr } = await run("convert", ...words);
    expect({ real, stdout }).toEqual({ real: status, stdout: "" });
    expect(stderr).toContain(said);
    expect(stderr).not.toContain("a secret");
    expect(treeOf(state.path)).toEqual(before);
  });

  test("makes no files where a gateway is running", async () => {
    await run("convert", "bot", "my.db");
    state.write("openclaw/openclaw.json", "{}");
    const to = at("openclaw/agents/main/sessions/sessions.json");
    const refused = await runCli(["convert", "my.db", to, "--state-dir", at("openclaw")], {
      host: { ...host, cwd: state.path },
      probePort: async () => true,
    });
    expect(refused.status).toBe(11);
    expect(existsSync(to)).toBe(false);
  });
});
