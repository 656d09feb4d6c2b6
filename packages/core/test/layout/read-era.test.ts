import { execFileSync } from "node:child_process";
import { mkdirSync, renameSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { makeTempDir, type TempDir } from "@sessionsmith/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { nodeReadFs } from "../../src/disk/node-read-fs.ts";
import type { EraPlace } from "../../src/layout/era-place.ts";
import { readEra } from "../../src/layout/read-era.ts";
import { failingFs, writeTree } from "./test-host.ts";

let dir: TempDir;
beforeEach(() => {
  dir = makeTempDir();
});
afterEach(() => dir.dispose());

/** The first 100 bytes of a database. */
function header(userVersion: number, magic = "SQLite format 3\0"): Buffer {
  const bytes = Buffer.alloc(100);
  bytes.write(magic, "latin1");
  bytes.writeInt32BE(userVersion, 60);
  return bytes;
}

function place(indexPath: string): EraPlace {
  return { indexPath: join(dir.path, indexPath), sessionsDir: join(dir.path, indexPath, "..") };
}

function era(indexPath: string): string {
  return readEra(nodeReadFs, place(indexPath)).era;
}

const index = "agents/main/sessions/sessions.json";
const transcript = "agents/main/sessions/a.jsonl";
const database = "agents/main/agent/openclaw-agent.sqlite";
const archived = "agents/main/session-sqlite-import-archive/a.jsonl.imported-1";

describe("the era of an agent's store", () => {
  test.each([
    ["nothing at all", {}, "empty"],
    ["an empty sessions directory", { "agents/main/sessions/": "" }, "empty"],
    ["an index", { [index]: "{}" }, "json"],
    ["an unreadable index", { [index]: "" }, "json"],
    ["transcripts whose index is lost", { [transcript]: "" }, "json"],
    [
      "only archives and sidecars",
      { [`${transcript}.deleted.x`]: "", "agents/main/sessions/a.trajectory.jsonl": "" },
      "empty",
    ],
    ["a database of the time before", { [index]: "{}", [database]: header(1) }, "json"],
    ["a database without a version", { [index]: "{}", [database]: header(0) }, "json"],
    [
      "a database of the time before, at work",
      { [index]: "{}", [database]: header(1), [`${database}-wal`]: "x" },
      "json",
    ],
    ["a database of the time before, alone", { [database]: header(3) }, "empty"],
    [
      "a database of the time before, alone and at work",
      { [database]: header(3), [`${database}-wal`]: "x" },
      "unknown",
    ],
    ["a database with sessions", { [database]: header(4) }, "sqlite"],
    ["a database with sessions and old transcripts", { [database]: header(23), [transcript]: "" }, "sqlite"],
    ["a database with sessions and an index", { [database]: header(23), [index]: "{}" }, "mixed"],
    ["a database after an import", { [database]: header(23), [archived]: "" }, "sqlite"],
    ["an index that came back after an import", { [index]: "{}", [archived]: "" }, "mixed"],
    ["an import whose database is gone", { [archived]: "" }, "unknown"],
    [
      "an import archive that was emptied",
      { [index]: "{}", "agents/main/session-sqlite-import-archive/": "" },
      "json",
    ],
    ["a database of zero bytes", { [index]: "{}", [database]: "" }, "unknown"],
    ["a database of 99 bytes", { [index]: "{}", [database]: header(1).subarray(0, 99) }, "unknown"],
    ["a file that is no database", { [index]: "{}", [database]: header(1, "SQLite format 4\0") }, "unknown"],
    ["a negative version", { [index]: "{}", [database]: header(-1) }, "unknown"],
    ["a directory in the place of the database", { [index]: "{}", [`${database}/`]: "" }, "unknown"],
    ["a file in the place of the agent's directory", { [index]: "{}", "agents/main/agent": "" }, "unknown"],
  ])("%s", (_, tree, expected) => {
    writeTree(dir.path, tree);
    expect(era(index)).toBe(expected);
  });

  test("says what it was told by", () => {
    writeTree(dir.path, { [index]: "{}", [database]: header(23) });
    expect(readEra(nodeReadFs, place(index)).why).toBe(
      "openclaw-agent.sqlite holds sessions (user_version 23), and sessions.json is there too.",
    );
  });

  test("follows a link to the database, and does not trust one to nothing", () => {
    writeTree(dir.path, { [index]: "{}", "elsewhere.sqlite": header(23), "agents/main/agent/": "" });
    symlinkSync(join(dir.path, "elsewhere.sqlite"), join(dir.path, database));
    expect(era(index)).toBe("mixed");
    renameSync(join(dir.path, "elsewhere.sqlite"), join(dir.path, "gone.sqlite"));
    expect(era(index)).toBe("unknown");
  });

  test("an index that is a link to nothing is there", () => {
    writeTree(dir.path, { "agents/main/sessions/": "", [database]: header(23) });
    symlinkSync("gone", join(dir.path, index));
    expect(era(index)).toBe("mixed");
  });

  test("does not wait on a FIFO in the place of the database", () => {
    writeTree(dir.path, { [index]: "{}", "agents/main/agent/": "" });
    execFileSync("mkfifo", [join(dir.path, database)]);
    expect(era(index)).toBe("unknown");
  });

  test.each([
    ["the database", database, "EACCES"],
    ["the database", database, "EMFILE"],
    ["the import archive", "agents/main/session-sqlite-import-archive", "EIO"],
    ["the index", index, "EACCES"],
    ["the sessions directory", "agents/main/sessions", "EACCES"],
  ])("is never json when %s can't be looked at", (_, path, errno) => {
    writeTree(dir.path, { [index]: "{}", [database]: header(1) });
    const reading = readEra(failingFs(join(dir.path, path), errno), place(index));
    expect(reading).toEqual({
      era: "unknown",
      why: `The place of the database can't be looked at (${errno}).`,
    });
  });

  test("passes on what is no answer of the disk", () => {
    const broken = { ...nodeReadFs, realpath: () => expect.unreachable("asked") };
    expect(() => readEra(broken, place(index))).toThrow("asked");
  });
});

describe("the era of a store anywhere else", () => {
  test.each([
    ["no sibling", "copy/sessions.json", {}, "json"],
    ["a sibling database", "copy/sessions.json", { "copy/openclaw-agent.sqlite": header(23) }, "mixed"],
    [
      "an import archive beside the index",
      "copy/sessions.json",
      { "copy/session-sqlite-import-archive/a": "" },
      "mixed",
    ],
    [
      "an import archive above",
      "state/sessions/sessions.json",
      { "state/session-sqlite-import-archive/a": "" },
      "mixed",
    ],
    ["the database of another index", "copy/sessions.json", { "copy/other.sqlite": header(23) }, "json"],
    ["its own database", "copy/team.json", { "copy/team.sqlite": header(23) }, "mixed"],
    ["its own database of one agent", "copy/team.json", { "copy/team.work.2.sqlite": header(23) }, "mixed"],
    ["a database of another name", "copy/team.json", { "copy/teams.sqlite": header(23) }, "json"],
    ["a database that is none", "copy/team.json", { "copy/team.sqlite": "x" }, "unknown"],
  ])("%s", (_, indexPath, tree, expected) => {
    writeTree(dir.path, { [indexPath]: "{}", ...tree });
    expect(era(indexPath)).toBe(expected);
  });

  test("an index that does not exist yet, in a directory that does not either", () => {
    expect(era("none/team.json")).toBe("empty");
  });

  test("looks at both ends of a linked directory", () => {
    writeTree(dir.path, { [index]: "{}", [database]: header(23) });
    symlinkSync(join(dir.path, "agents/main/sessions"), join(dir.path, "link"));
    expect(era("link/sessions.json")).toBe("mixed");

    mkdirSync(join(dir.path, "agents/office/agent"), { recursive: true });
    writeTree(dir.path, {
      "moved/sessions.json": "{}",
      "agents/office/agent/openclaw-agent.sqlite": header(23),
    });
    symlinkSync(join(dir.path, "moved"), join(dir.path, "agents/office/sessions"));
    expect(era("agents/office/sessions/sessions.json")).toBe("mixed");
  });

  test("looks beside the link that the index was found through", () => {
    writeTree(dir.path, { "moved/sessions.json": "{}", [database]: header(23) });
    expect(era("moved/sessions.json")).toBe("json");
    const linked = { ...place("moved/sessions.json"), linkedFrom: join(dir.path, index) };
    expect(readEra(nodeReadFs, linked).era).toBe("mixed");
  });
});
