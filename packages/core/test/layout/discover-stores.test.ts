import { execFileSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { makeTempDir, type TempDir } from "@sessionsmith/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { nodeReadFs } from "../../src/disk/node-read-fs.ts";
import { discoverStores } from "../../src/layout/discover-stores.ts";
import { failingFs, writeTree } from "./test-host.ts";

let dir: TempDir;
beforeEach(() => {
  dir = makeTempDir();
});
afterEach(() => dir.dispose());

const standard = "agents/{agentId}/sessions/sessions.json";

/** What is found, with paths relative to the test's directory. */
function discover(template = standard, fs = nodeReadFs): readonly string[] {
  return discoverStores(fs, { path: join(dir.path, template), shared: false }).map((store) => {
    const path = store.indexPath.replace(`${dir.path}/`, "");
    return store.ok ? `${store.agentId} = ${path}` : `${store.reason}${store.errno ?? ""} ${path}`;
  });
}

describe("discoverStores", () => {
  test("finds regular files, in the order of names, and passes over what is no store", () => {
    writeTree(dir.path, {
      "agents/ops/sessions/sessions.json": "{}",
      "agents/Bad Name/sessions/sessions.json": "{}",
      "agents/main/sessions/sessions.json": "",
      "agents/empty/": "",
      "agents/new/sessions/": "",
      "agents/new/sessions/sessions.json.bak.1": "{}",
      "agents/README.md": "text",
      "agents/half/sessions": "a file",
    });
    expect(discover()).toEqual([
      "bad-name = agents/Bad Name/sessions/sessions.json",
      "main = agents/main/sessions/sessions.json",
      "ops = agents/ops/sessions/sessions.json",
    ]);
  });

  test("finds nothing where there is no root, and nothing for a template without an agent", () => {
    expect(discover()).toEqual([]);
    writeTree(dir.path, { "sessions.json": "{}" });
    expect(discover("sessions.json")).toEqual([]);
  });

  test.each([
    ["stores/{agentId}.json", "stores/ops.json", "stores/ops.txt"],
    ["stores/{agentId}/s.json", "stores/ops/s.json", "stores/other/t.json"],
    ["stores/agent-{agentId}-v1/s.json", "stores/agent-ops-v1/s.json", "stores/agent--v1/s.json"],
    ["stores/agent-{agentId}-v1/s.json", "stores/agent-ops-v1/s.json", "stores/agent-v1/s.json"],
    ["stores/{agentId}/of-{agentId}.json", "stores/ops/of-ops.json", "stores/other/of-ops.json"],
    ["stores/{agentId}.{agentId}/s.json", "stores/ops.ops/s.json", "stores/ops.play/s.json"],
  ])("follows the template %s to %s and not to %s", (template, path, other) => {
    writeTree(dir.path, { [path]: "{}", [other]: "{}" });
    expect(discover(template)).toEqual([`ops = ${path}`]);
  });

  test("puts no meaning into `$&` in a name", () => {
    writeTree(dir.path, { "agents/$&/sessions/sessions.json": "{}" });
    expect(discover()).toEqual(["main = agents/$&/sessions/sessions.json"]);
  });

  test("says why a place is left out", () => {
    writeTree(dir.path, {
      "agents/real/sessions/sessions.json": "{}",
      "outside/sessions/sessions.json": "{}",
      "agents/lost/sessions/a.jsonl": "",
      "agents/folder/sessions/sessions.json/": "",
      "agents/linked-index/sessions/": "",
      "agents/dangling/sessions/": "",
      "agents/pipe/sessions/": "",
      "agents/linked-sessions/": "",
    });
    symlinkSync("real", join(dir.path, "agents/linked-inside"));
    symlinkSync("../outside", join(dir.path, "agents/linked-outside"));
    symlinkSync("../../outside/sessions", join(dir.path, "agents/linked-sessions/sessions"));
    symlinkSync(
      "../../real/sessions/sessions.json",
      join(dir.path, "agents/linked-index/sessions/sessions.json"),
    );
    symlinkSync("gone", join(dir.path, "agents/dangling/sessions/sessions.json"));
    symlinkSync("loop", join(dir.path, "agents/loop"));
    execFileSync("mkfifo", [join(dir.path, "agents/pipe/sessions/sessions.json")]);
    expect(discover()).toEqual([
      "symlink agents/dangling/sessions/sessions.json",
      "not-a-regular-file agents/folder/sessions/sessions.json",
      "symlink agents/linked-index/sessions/sessions.json",
      "symlink agents/linked-inside/sessions/sessions.json",
      "outside agents/linked-outside/sessions/sessions.json",
      "outside agents/linked-sessions/sessions/sessions.json",
      "unreadableELOOP agents/loop/sessions/sessions.json",
      "no-index agents/lost/sessions/sessions.json",
      "not-a-regular-file agents/pipe/sessions/sessions.json",
      "real = agents/real/sessions/sessions.json",
    ]);
  });

  test("the root itself may be reached through a link", () => {
    writeTree(dir.path, { "data/main/sessions/sessions.json": "{}" });
    symlinkSync("data", join(dir.path, "agents"));
    expect(discover()).toEqual(["main = agents/main/sessions/sessions.json"]);
  });

  test("one place that can't be looked at does not hide the others", () => {
    writeTree(dir.path, { "agents/a/sessions/sessions.json": "{}", "agents/b/sessions/sessions.json": "{}" });
    expect(discover(standard, failingFs(join(dir.path, "agents/a"), "EACCES"))).toEqual([
      "unreadableEACCES agents/a/sessions/sessions.json",
      "b = agents/b/sessions/sessions.json",
    ]);
    expect(discover(standard, failingFs(join(dir.path, "agents"), "EIO"))).toEqual(["unreadableEIO agents"]);
  });
});
