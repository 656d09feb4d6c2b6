import { chmodSync, linkSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { join } from "node:path";
import { encryptionDocument } from "../../src/json-documents/encryption-document.ts";
import { runCli } from "../fake-io.ts";
import type { RunResult } from "../fake-io.ts";
import { promisedPaths, realPaths } from "../json-documents/documented-paths.ts";
import { makeStateDir, storeNow, tickingHost } from "../store-dirs.ts";
import type { StateDir } from "../store-dirs.ts";
import { treeOf } from "../tree-of.ts";

const key = "c".repeat(64);
const otherKey = "d".repeat(64);

let state: StateDir;
let host: ReturnType<typeof tickingHost>;

const at = (name: string) => join(state.path, "bot", name);
const transcript = (id: string, said: string) =>
  `${JSON.stringify({ type: "session", version: 3, id, timestamp: "2026-11-20T08:00:00.000Z", cwd: "/" })}\n` +
  `${JSON.stringify({ type: "message", id: "a1", parentId: null, message: { role: "user", content: said } })}\n`;

beforeEach(() => {
  state = makeStateDir();
  host = tickingHost(state);
  state.write(
    "bot/sessions.json",
    JSON.stringify({
      "agent:main:main": { sessionId: "s1", updatedAt: storeNow, lastHeartbeatText: "AUNT EMMA" },
      "agent:main:direct:2": { sessionId: "s2", updatedAt: storeNow },
      "agent:main:direct:3": { sessionId: "s3", updatedAt: storeNow },
    }),
  );
  state.write("bot/s1.jsonl", transcript("s1", "SEVEN MILLION"));
  state.write("bot/s2.jsonl", transcript("s2", "SEVEN MILLION"));
  state.write("bot/s1.trajectory.jsonl", "{}\n");
});
afterEach(() => state.dispose());

function run(
  line: string,
  env: Readonly<Record<string, string>> = { SESSIONSMITH_KEY: key },
): Promise<RunResult> {
  const argv = [...line.split(" "), "--store", at("sessions.json"), "--state-dir", state.path];
  return runCli(argv, { host, env });
}

async function json(line: string, env?: Readonly<Record<string, string>>) {
  const { stdout } = await run(`${line} --json`, env);
  return JSON.parse(stdout);
}

/** All files below a directory, our own too. */
function textBelow(dir: string): string {
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), "latin1")).join("\n");
}

/** The text of a refused command; whatever it is, it holds no key. */
async function refused(line: string, env: Readonly<Record<string, string>>, status = 2): Promise<string> {
  const before = treeOf(at("."));
  const result = await run(line, env);
  expect(result).toMatchObject({ status, stdout: "" });
  expect(treeOf(at("."))).toEqual(before);
  for (const secret of Object.values(env)) expect(result.stderr).not.toContain(secret || "nothing");
  return result.stderr;
}

describe("the key", () => {
  test("comes from the environment or a file, and never from a flag", async () => {
    writeFileSync(at("k"), `${key}\n`, { mode: 0o600 });
    expect(await run(`encrypt --key-file ${at("k")}`, {})).toMatchObject({ status: 0 });
    expect((await run("decrypt --dry-run")).stdout).toContain("Would decrypt 2 transcripts");
    expect(await run("encrypt --key abc")).toMatchObject({ status: 2 });
  });

  test("a file that others may read is told, and one behind a link is read", async () => {
    writeFileSync(at("k"), key);
    chmodSync(at("k"), 0o644);
    symlinkSync(at("k"), at("link"));
    const { status, stderr } = await run(`encrypt --dry-run --key-file ${at("link")}`, {});
    expect(status).toBe(0);
    expect(stderr).toContain("others may read");
  });

  test("none, a short one, and a file that is none end with exit 2", async () => {
    expect(await refused("encrypt", {})).toContain("There is no encryption key");
    expect(await refused("encrypt", { SESSIONSMITH_KEY: "" })).toContain("There is no encryption key");
    expect(await refused("encrypt", { SESSIONSMITH_KEY: "hunter2" })).toContain("too short");
    expect(await refused(`encrypt --key-file ${at("none")}`, {})).toContain("can't be read as a key file");
    expect(await refused(`encrypt --key-file ${at(".")}`, {})).toContain("can't be read as a key file");
  });
});

describe("encrypt", () => {
  test("says what it did and what is still in clear, and shows nothing of it afterwards", async () => {
    expect(textBelow(at("."))).toContain("SEVEN MILLION");
    const result = await run("encrypt");
    expect(result.status).toBe(0);
    expect(result.stdout).toMatch(
      /^Encrypted 2 transcripts of .*\nLeft as they are: 1 no-transcript\.\nDone as operation /,
    );
    expect(result.stderr).toContain("s1.trajectory.jsonl is still in clear");
    expect(result.stderr).toContain("lastHeartbeatText of agent:main:main is still in clear");
    const list = await run("list --titles --previews --json", {});
    expect(list.stdout).not.toContain("SEVEN MILLION");
    expect(JSON.parse(list.stdout).sessions[0]).toMatchObject({
      title: "[encrypted]",
      lastMessage: { role: "encrypted", text: "[encrypted]" },
    });
    expect(textBelow(at("."))).not.toContain("SEVEN MILLION");
  });

  test("takes one session by its key or id, and knows when there is none", async () => {
    expect((await json("encrypt s2")).stores[0]).toMatchObject({ changed: 1 });
    expect(readFileSync(at("s1.jsonl"), "utf8")).toContain("SEVEN MILLION");
    expect(await run("encrypt nobody")).toMatchObject({ status: 10 });
  });

  test.each(["encrypt", "decrypt"])(
    "what %s has to leave as it is, is named, and ends with exit 3",
    async (command) => {
      if (command === "decrypt") await run("encrypt");
      linkSync(at("s1.jsonl"), at("elsewhere"));
      state.write("bot/s2.jsonl.lock", JSON.stringify({ pid: process.pid }));
      const before = readFileSync(at("s1.jsonl"), "utf8");
      const preview = await run(`${command} --dry-run`);
      expect(preview.stderr).toContain("agent:main:main would be left as it is: hard-linked");
      expect(preview.status).toBe(3);
      const result = await run(command);
      expect(result.stderr).toContain("agent:main:main was left as it is: hard-linked");
      expect(result.stderr).toContain("agent:main:direct:2 was left as it is: in-use");
      expect(result.stderr).not.toContain("agent:main:direct:3");
      expect(result.status).toBe(3);
      expect(readFileSync(at("s1.jsonl"), "utf8")).toBe(before);
    },
  );

  test("what is done already is nothing that was left", async () => {
    await run("encrypt");
    expect(await run("encrypt")).toMatchObject({ status: 0 });
    await run("decrypt");
    expect(await run("decrypt")).toMatchObject({ status: 0, stderr: "" });
  });

  test("a preview changes nothing", async () => {
    const before = treeOf(at("."));
    expect((await run("encrypt --dry-run")).stdout).toContain("Would encrypt 2 transcripts");
    expect(treeOf(at("."))).toEqual(before);
  });

  test("what OpenClaw works on is refused, unless --force", async () => {
    state.write("openclaw.json", `{ session: { store: ${JSON.stringify(at("sessions.json"))} } }`);
    expect(await refused("encrypt", { SESSIONSMITH_KEY: key }, 15)).toContain("OpenClaw works on");
    expect(await run("encrypt --force")).toMatchObject({ status: 0 });
  });

  test("undo needs the key, and gives back every byte", async () => {
    const before = treeOf(at("."));
    const [{ operationId }] = (await json("encrypt")).stores;
    expect(await refused(`undo ${operationId}`, {})).toContain("There is no encryption key");
    expect(await refused(`undo ${operationId}`, { SESSIONSMITH_KEY: otherKey })).toContain("another key");
    expect(await run(`undo ${operationId}`)).toMatchObject({ status: 0 });
    for (const [path, content] of before) expect([path, treeOf(at(".")).get(path)]).toEqual([path, content]);
  });

  test("trash restore leaves the encrypted form, because its row says that it is", async () => {
    const [{ operationId }] = (await json("encrypt")).stores;
    expect((await json(`trash restore ${operationId} --dry-run`)).files).toBe(0);
  });
});

describe("decrypt", () => {
  test("gives every line back; another key is exit 3, and nothing is changed", async () => {
    await run("encrypt");
    const wrong = await run("decrypt --json", { SESSIONSMITH_KEY: otherKey });
    expect(wrong.status).toBe(3);
    expect(JSON.parse(wrong.stdout).stores[0].sessions[0]).toMatchObject({
      state: "failed",
      reason: "E_KEY",
    });
    expect(await run("decrypt")).toMatchObject({ status: 0 });
    expect(readFileSync(at("s1.jsonl"), "utf8")).toBe(transcript("s1", "SEVEN MILLION"));
  });

  test("lines that were cut off are told; with --without-seal the rest is decrypted", async () => {
    await run("encrypt");
    const lines = readFileSync(at("s1.jsonl"), "utf8").split("\n");
    writeFileSync(at("s1.jsonl"), `${lines.slice(0, 2).join("\n")}\n`);
    const cut = await run("decrypt s1");
    expect(cut.status).toBe(3);
    expect(cut.stderr).toContain("has 0 encrypted lines, and its row vouches for 1");
    expect(await run("decrypt s1 --without-seal")).toMatchObject({ status: 0 });
  });
});

describe("titles and previews", () => {
  test("show what is encrypted to who has the key", async () => {
    await run("encrypt");
    const shown = (await json("list --titles --previews")).sessions[0];
    expect(shown).toMatchObject({
      title: "SEVEN MILLION",
      lastMessage: { role: "user", text: "SEVEN MILLION" },
    });
    const hidden = await json("list --titles --previews", {});
    expect(hidden.sessions[0]).toMatchObject({ title: "[encrypted]" });
    expect((await run("preview main")).stdout).toContain("user: SEVEN MILLION");
    expect((await run("preview main", {})).stdout).toContain("[encrypted]");
  });

  test("of another key, or of a transcript that was changed, show that there is something and a finding", async () => {
    await run("encrypt");
    const other = await run("list --titles --previews --verbose", { SESSIONSMITH_KEY: otherKey });
    expect(other.status).toBe(0);
    expect(other.stdout).toContain("[encrypted]");
    expect(other.stderr).toContain("transcript-not-decrypted");
    const changed = readFileSync(at("s1.jsonl"), "utf8").replace(/("text":"[^"]{2})./, "$1_");
    writeFileSync(at("s1.jsonl"), changed);
    const list = await run("list --titles --previews --json");
    expect(JSON.parse(list.stdout).sessions[0]).toMatchObject({ title: "[encrypted]" });
    expect(await run("preview main", { SESSIONSMITH_KEY: otherKey })).toMatchObject({
      status: 2,
      stdout: "",
    });
  });
});

describe("encrypt --rotate", () => {
  test("changes the key", async () => {
    await run("encrypt");
    const env = { SESSIONSMITH_KEY: key, SESSIONSMITH_NEW_KEY: otherKey };
    expect((await run("encrypt --rotate", env)).stdout).toContain("Gave a new key to 2 transcripts");
    expect((await json("decrypt --dry-run", { SESSIONSMITH_KEY: otherKey })).stores[0].changed).toBe(2);
    expect(await refused("encrypt --rotate", { SESSIONSMITH_KEY: key })).toContain("SESSIONSMITH_NEW_KEY");
  });
});

test("real output has exactly the keys that are documented", async () => {
  const documents = [await json("encrypt --dry-run"), await json("encrypt"), await json("decrypt")];
  const real = realPaths(documents, encryptionDocument);
  expect([...real].toSorted()).toEqual(encryptionDocument.keys.map(({ path }) => path).toSorted());
  expect([...real]).toEqual(expect.arrayContaining([...promisedPaths(encryptionDocument)]));
});
