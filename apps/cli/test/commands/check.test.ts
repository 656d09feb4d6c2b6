import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findingCatalogue } from "@sessionsmith/core";
import { commandTable } from "../../src/command-table.ts";
import { runCli } from "../fake-io.ts";
import { bareHost, makeStateDir, storeNow } from "../store-dirs.ts";
import type { StateDir } from "../store-dirs.ts";

let state: StateDir;
beforeEach(() => {
  state = makeStateDir();
});
afterEach(() => {
  state.dispose();
});

const header = `{"type":"session","version":3,"id":"s1"}\n`;
const sound = { "agent:main:main": { sessionId: "s1", updatedAt: storeNow - 1000 } };
const indexPath = () => join(state.path, "agents/main/sessions/sessions.json");

function check(...argv: readonly string[]) {
  return runCli(["check", "--state-dir", state.path, ...argv], { host: bareHost(state) });
}

async function checkJson(...argv: readonly string[]) {
  const { status, stdout } = await check("--json", ...argv);
  return { status, ...JSON.parse(stdout) };
}

function writeSound(agentId = "main"): void {
  state.write(`agents/${agentId}/sessions/sessions.json`, JSON.stringify(sound, null, 2));
  state.write(`agents/${agentId}/sessions/s1.jsonl`, header);
}

describe("check", () => {
  test("of a sound store finds nothing, and shows what takes its space", async () => {
    writeSound();
    const { status, stdout, stderr } = await check();
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout.split("\n")).toEqual([
      `Session store: ${indexPath()} (agent main)`,
      "Sessions: 1, era: json",
      "",
      "Nothing was found.",
      "",
      "Files       Count  Bytes  Share",
      "index       1      84 B    67 % ########################",
      "transcript  1      41 B    33 % ############",
      "",
      "Fields of the index  Rows  Bytes  Share",
      "updatedAt            1     26 B    60 % ########################",
      "sessionId            1     17 B    40 % ################",
      "",
      "0 errors, 0 warnings, 0 worth knowing",
      "",
    ]);
  });

  test("groups findings by id, errors first, with their places and the remedy", async () => {
    const ids = ["no id", "no:id", "../x", "y z", "?"];
    const rows = ids.map((sessionId, n) => [`agent:main:x:${n}`, { sessionId, updatedAt: storeNow }]);
    state.write("agents/main/sessions/sessions.json", JSON.stringify(Object.fromEntries(rows)));
    const { status, stdout } = await check();
    expect(status).toBe(4);
    expect(stdout).toContain(
      [
        "Severity  Finding                     Count  Meaning",
        "error     session-id-invalid          4      a session id is not allowed, and OpenClaw drops the whole row",
      ].join("\n"),
    );
    expect(stdout).toContain(`key=agent:main:x:0 field=sessionId actual=string\n`);
    expect(stdout).toContain("  … and 1 more; --verbose shows all\n");
    expect((await check("--verbose")).stdout).not.toContain("--verbose shows all");
  });

  test("names the command that mends a finding, if there is one", async () => {
    writeSound();
    state.write("agents/main/sessions/s1.jsonl", `${header}{"type"`);
    const { stores } = await checkJson("--deep");
    expect(stores[0].findings).toMatchObject([
      { id: "transcript-torn-tail", command: "sessionsmith repair --transcripts" },
    ]);
    const options = commandTable.find(({ name }) => name === "repair")?.optionGroups[0]?.options ?? [];
    const flags = options.map(({ flags: flag }) => flag);
    const commands = Object.values(findingCatalogue).flatMap(({ remedy }) => [
      ...remedy.matchAll(/`sessionsmith repair (--[a-z-]+)[^`]*`/g),
    ]);
    for (const [, flag = ""] of commands) expect(flags.some((known) => known.startsWith(flag))).toBe(true);
    expect(commands.length).toBeGreaterThan(10);
  });

  test.each([
    ["", "empty"],
    [`{"agent:main:main":{"ses`, "truncated"],
    [`[]`, "root-not-object"],
    [`{"a":1}\0\0`, "nul-bytes"],
  ])("an index that can't be read is a finding: %j", async (index, reason) => {
    writeSound();
    state.write("agents/main/sessions/sessions.json", index);
    const { status, ok, stores } = await checkJson();
    expect({ status, ok }).toEqual({ status: 4, ok: false });
    expect(stores).toMatchObject([
      { sessions: null, fields: [], findings: [{ id: "index-unreadable", details: { reason } }] },
    ]);
    expect((await check()).stdout).toContain("The index can't be read.");
  });

  test("an index that is missing beside transcripts is a finding, a store that is not there is exit 10", async () => {
    state.write("agents/main/sessions/s1.jsonl", header);
    const { status, stores } = await checkJson();
    expect(status).toBe(4);
    expect(stores[0].findings).toMatchObject([{ id: "index-missing", details: { transcripts: 1 } }]);
    const { status: absent, stdout } = await check("--agent", "work");
    expect({ absent, stdout }).toEqual({ absent: 10, stdout: "" });
  });

  test("a store that can't be looked at does not hide the errors of another", async () => {
    state.write("openclaw.json", `{ agents: { list: [{ id: "main" }, { id: "odd" }, { id: "none" }] } }`);
    writeSound();
    state.write("agents/odd/sessions", "no directory");
    const { status, stores } = await checkJson("--all-agents");
    expect(status).toBe(3);
    expect(stores).toMatchObject([
      { agentId: "main", era: "json" },
      { agentId: "odd", era: null, error: { code: "E_IO" } },
      { agentId: "none", era: "empty" },
    ]);
    state.write("agents/main/sessions/sessions.json", "{");
    expect((await checkJson("--all-agents")).status).toBe(4);
  });

  test("says so if a database holds the sessions", async () => {
    const database = Buffer.alloc(100);
    database.write("SQLite format 3\0", "latin1");
    database.writeUInt32BE(4, 60);
    state.write("agents/main/agent/openclaw-agent.sqlite", database.toString("latin1"));
    state.write("agents/main/sessions/s1.jsonl", header);
    const { status } = await check();
    expect(status).toBe(15);
    writeSound();
    const { status: mixed, stores } = await checkJson();
    expect(mixed).toBe(4);
    expect(stores).toMatchObject([{ era: "mixed", findings: [{ id: "index-beside-database" }] }]);
  });
});
