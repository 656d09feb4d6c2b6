import { execFileSync } from "node:child_process";
import { linkSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fixturesDir } from "@sessionsmith/testkit";
import { describe, expect, onTestFinished, test } from "vitest";
import { runCli } from "./fake-io.ts";
import { bareHost, makeStateDir, storeNow } from "./store-dirs.ts";

const indexesDir = join(fixturesDir, "indexes");
const cases: readonly {
  readonly file: string;
  readonly expect: { readonly readable: boolean; readonly rows?: readonly { readonly shadowed?: boolean }[] };
}[] = JSON.parse(readFileSync(join(indexesDir, "cases.json"), "utf8"));

function emptyStore() {
  const temp = makeStateDir();
  onTestFinished(() => temp.dispose());
  const dir = join(temp.path, "agents/main/sessions");
  mkdirSync(dir, { recursive: true });
  const run = (...argv: readonly string[]) =>
    runCli([...argv, "--state-dir", temp.path], { host: bareHost(temp) });
  return { dir, run };
}

describe("a hostile index", () => {
  const unreadable = cases.filter((one) => !one.expect.readable);
  test.each(unreadable)("$file is an error with exit code 12, and nothing is touched", async ({ file }) => {
    const { dir, run } = emptyStore();
    const bytes = readFileSync(join(indexesDir, file));
    writeFileSync(join(dir, "sessions.json"), bytes);
    writeFileSync(join(dir, "a.jsonl"), "kept\n");
    for (const command of ["list", "cleanup"]) {
      // oxlint-disable-next-line no-await-in-loop -- one command after the other
      const { status, stdout, stderr } = await run(command, "--json");
      expect({ status, stdout }).toEqual({ status: 12, stdout: "" });
      expect(JSON.parse(stderr)).toMatchObject({ error: { code: "E_CORRUPT_INDEX", exitCode: 12 } });
    }
    expect(readdirSync(dir)).toEqual(["a.jsonl", "sessions.json"]);
    expect(readFileSync(join(dir, "sessions.json"))).toEqual(bytes);
  });

  test.each(cases.filter((one) => one.expect.readable))(
    "$file is listed with every row that counts",
    async ({ file, expect: { rows = [] } }) => {
      const { dir, run } = emptyStore();
      writeFileSync(join(dir, "sessions.json"), readFileSync(join(indexesDir, file)));
      const { status, stdout } = await run("list", "--json", "--limit", "all", "--now", String(storeNow));
      expect({ status, totalCount: JSON.parse(stdout).totalCount }).toEqual({
        status: 0,
        totalCount: rows.filter(({ shadowed = false }) => !shadowed).length,
      });
    },
  );

  test("a missing index beside transcripts is damage, not an empty store", async () => {
    const { dir, run } = emptyStore();
    writeFileSync(join(dir, "a.jsonl"), "kept\n");
    expect((await run("cleanup")).status).toBe(12);
    expect((await run("list")).status).not.toBe(0);
  });
});

const old = storeNow - 90 * 86_400_000;

describe("a row with a hostile sessionFile", () => {
  const hostile: readonly (readonly [
    what: string,
    sessionFile: string,
    make: (dir: string) => void,
    findingId: string,
  ])[] = [
    [
      "a path out of the directory",
      "x/../../../../openclaw.json",
      (dir) => writeFileSync(join(dir, "../../../openclaw.json"), "{}"),
      "session-file-outside",
    ],
    ["an absolute path", "/etc/hosts", () => undefined, "session-file-outside"],
    ["the directory above", "..", () => undefined, "transcript-unknown"],
    ["the index itself", "sessions.json", () => undefined, "session-file-unsafe"],
    ["a NUL byte", "a\0b.jsonl", () => undefined, "session-file-unsafe"],
    ["a name of 256 bytes", `${"n".repeat(250)}.jsonl`, () => undefined, "session-file-unsafe"],
    ["a lock", "a.jsonl.lock", () => undefined, "session-file-unsafe"],
    ["a directory", "d.jsonl", (dir) => mkdirSync(join(dir, "d.jsonl")), "file-special"],
    ["a FIFO", "f.jsonl", (dir) => execFileSync("mkfifo", [join(dir, "f.jsonl")]), "file-special"],
    [
      "a dangling link",
      "l.jsonl",
      (dir) => symlinkSync("nowhere.jsonl", join(dir, "l.jsonl")),
      "file-symlink",
    ],
    [
      "a hard link",
      "h.jsonl",
      (dir) => {
        writeFileSync(join(dir, "../victim"), "mine");
        linkSync(join(dir, "../victim"), join(dir, "h.jsonl"));
      },
      "file-hard-link",
    ],
  ];

  test.each(hostile)("%s: a finding, and no file leaves", async (_what, sessionFile, make, findingId) => {
    const { dir, run } = emptyStore();
    make(dir);
    writeFileSync(
      join(dir, "sessions.json"),
      JSON.stringify({ "agent:main:direct:1": { sessionId: "sid", updatedAt: old, sessionFile } }),
    );
    const before = readdirSync(dir);
    const { status, stdout, stderr } = await run(
      "cleanup",
      "--dry-run",
      "--json",
      "--verbose",
      "--preset",
      "openclaw-2026.5",
      "--now",
      String(storeNow),
    );
    expect({ status, archivedFiles: JSON.parse(stdout).unreferencedArtifacts.archivedFiles }).toEqual({
      status: 0,
      archivedFiles: 0,
    });
    expect(stderr).toContain(findingId);
    expect(readdirSync(dir)).toEqual(before);
  });

  test("a session id that looks like a key, and names that differ in case only, are findings", async () => {
    const { dir, run } = emptyStore();
    writeFileSync(join(dir, "A.jsonl"), "");
    writeFileSync(join(dir, "a.jsonl"), "");
    writeFileSync(
      join(dir, "sessions.json"),
      JSON.stringify({ "agent:main:direct:1": { sessionId: "agent:main:direct:1", updatedAt: old } }),
    );
    const { status, stderr } = await run("cleanup", "--dry-run", "--verbose", "--now", String(storeNow));
    expect(status).toBe(0);
    expect(stderr).toContain("file-name-collision");
  });
});
