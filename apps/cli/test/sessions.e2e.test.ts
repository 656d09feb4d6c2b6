import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type MaterializedCase, materializeCase } from "@sessionsmith/testkit";
import { type Ended, runBin } from "./run-bin.ts";
import { treeOf } from "./tree-of.ts";

let store: MaterializedCase;
beforeEach(() => {
  store = materializeCase("openclaw-2026.5.28-one-agent");
});
afterEach(() => store.dispose());

function run(...argv: readonly string[]): Promise<Ended> {
  const env = { OPENCLAW_STATE_DIR: store.stateDir, OPENCLAW_GATEWAY_PORT: "9" };
  return runBin(argv, { now: store.now, env });
}

const explicit = "agent:main:explicit:31659cf2ce";

test.each([
  ["patch", ["main", "thinkingLevel=high", "model=openai/gpt-5"]],
  ["reset", ["main"]],
  ["delete", [explicit]],
  ["delete", [explicit, "--trash"]],
  ["compact", ["main", "--max-lines", "1"]],
  ["create", ["--label", "research"]],
  ["call", ["sessions.reset", '{"key":"agent:main:none"}']],
])("%s %j, and undo byte for byte", async (command, words) => {
  const before = treeOf(store.stateDir);
  const { status, stdout, stderr } = await run(command, ...words, "--json");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(treeOf(store.stateDir)).not.toEqual(before);
  const undone = await run("undo", JSON.parse(stdout).operationId);
  expect(undone).toMatchObject({ status: 0, stderr: "" });
  expect(treeOf(store.stateDir)).toEqual(before);
});

test("orders of several processes at once are all done, one after the other", async () => {
  const keys = Object.keys(JSON.parse(readFileSync(store.indexPath(), "utf8"))).slice(0, 4);
  const ended = await Promise.all(keys.map((key, n) => run("patch", key, `label=new ${n}`)));
  expect(ended.map(({ status }) => status)).toEqual([0, 0, 0, 0]);
  const index: Readonly<Record<string, { readonly label: string }>> = JSON.parse(
    readFileSync(store.indexPath(), "utf8"),
  );
  expect(keys.map((key) => index[key]?.label)).toEqual(["new 0", "new 1", "new 2", "new 3"]);
});

test("an index that can't be read stops every order", async () => {
  writeFileSync(store.indexPath(), readFileSync(store.indexPath()).subarray(0, -2));
  const before = treeOf(store.stateDir);
  const ended = await Promise.all([
    run("patch", "main", "label=x"),
    run("reset", "main"),
    run("delete", explicit),
    run("create"),
    run("show", "main"),
  ]);
  expect(ended.map(({ status }) => status)).toEqual([12, 12, 12, 12, 12]);
  rmSync(store.indexPath());
  expect((await run("create")).status).toBe(12);
  const transcripts = [...before].filter(([path]) => path.endsWith(".jsonl"));
  const after = treeOf(store.stateDir);
  expect(transcripts.map(([path]) => [path, after.get(path)])).toEqual(transcripts);
});
