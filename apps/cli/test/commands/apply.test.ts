import { readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parsePlan } from "@sessionsmith/core";
import { treeOf } from "../tree-of.ts";
import { agedRow, usedRows, useStore } from "../used-store.ts";

const store = useStore();
const file = (): string => join(store.state().path, "work/plan.json");
const probePort = async (): Promise<boolean> => true;
const stay = ["agent:main:direct:new", "agent:main:telegram:group:3"];

function savePlan(...argv: readonly string[]) {
  return store.run(["cleanup", "--plan-out", file(), ...argv]);
}

function addRow(): void {
  store
    .state()
    .write(
      "agents/main/sessions/sessions.json",
      JSON.stringify({ ...usedRows, "agent:main:direct:fresh": agedRow(7, 0) }, null, 2),
    );
}

describe("cleanup --plan-out", () => {
  test("saves what a preview shows, for nobody else to read, and changes nothing else", async () => {
    const before = treeOf(store.at("."));
    const { status, stderr } = await savePlan();
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: `sessionsmith: the plan was saved to ${file()}; \`sessionsmith apply\` runs it.\n`,
    });
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    const { digest } = await store.json("cleanup", "--dry-run");
    expect(parsePlan(readFileSync(file(), "utf8")).digest).toBe(digest);
    expect(treeOf(store.at("."))).toEqual(before);
  });

  test("goes over an existing file only with --force, and never through a link", async () => {
    writeFileSync(file(), "mine");
    expect(await savePlan()).toMatchObject({ status: 15, stdout: "" });
    expect(readFileSync(file(), "utf8")).toBe("mine");
    expect((await savePlan("--force")).status).toBe(0);
    const link = join(store.state().path, "work/link");
    symlinkSync(file(), link);
    expect((await store.run(["cleanup", "--plan-out", link, "--force"])).status).toBe(15);
  });

  test("several stores are one plan and one operation", async () => {
    store.state().write("openclaw.json", `{ agents: { list: [{ id: "main" }, { id: "work" }] } }`);
    store
      .state()
      .writeStore("work", { "agent:work:direct:x": agedRow(5, 90), "agent:work:main": agedRow(6, 1) });
    await savePlan("--all-agents");
    const before = treeOf(store.state().path);
    const applied = await store.json("apply", file());
    expect(applied.stores).toMatchObject([
      { agentId: "main", beforeCount: 4, afterCount: 2, movedFiles: 3 },
      { agentId: "work", beforeCount: 2, afterCount: 1, movedFiles: 1 },
    ]);
    expect(await store.json("undo", applied.operationId)).toMatchObject({ rows: 3, files: 4 });
    expect(treeOf(store.state().path)).toEqual(before);
  });
});

describe("apply", () => {
  test("runs exactly the plan", async () => {
    await savePlan();
    const { digest } = parsePlan(readFileSync(file(), "utf8"));
    const { status, stdout } = await store.run(["apply", file()]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/\nEntries: 4 -> 2 \(remove 2\)\nFiles moved: 3 \(.*\)\nDone as operation /);
    expect(store.keys()).toEqual(stay);
    expect((await store.json("operations")).operations).toMatchObject([
      { command: "cleanup", rows: 2, files: 3 },
    ]);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
  });

  test("an index that changed since: exit 13 with the keys; --unchanged-rows goes on", async () => {
    await savePlan();
    addRow();
    const before = treeOf(store.at("."));
    const { status, stdout, stderr } = await store.run(["apply", file(), "--json"]);
    expect({ status, stdout }).toEqual({ status: 13, stdout: "" });
    expect(JSON.parse(stderr).error).toMatchObject({
      code: "E_STALE_PLAN",
      details: { added: ["agent:main:direct:fresh"], changed: [], vanished: [] },
    });
    expect(treeOf(store.at("."))).toEqual(before);
    expect(await store.json("apply", file(), "--unchanged-rows")).toMatchObject({
      stores: [{ beforeCount: 5, afterCount: 3 }],
    });
    expect(store.keys()).toEqual([...stay, "agent:main:direct:fresh"]);
  });

  test("the same bytes written anew are the same index", async () => {
    await savePlan();
    const bytes = readFileSync(store.at("sessions.json"));
    rmSync(store.at("sessions.json"));
    writeFileSync(store.at("sessions.json"), bytes);
    expect((await store.run(["apply", file()])).status).toBe(0);
    expect(store.keys()).toEqual(stay);
  });

  test("a removed row that changed since is refused, with --unchanged-rows too", async () => {
    await savePlan();
    const changed = { ...usedRows, "agent:main:direct:old": agedRow(2, 0) };
    store.state().write("agents/main/sessions/sessions.json", JSON.stringify(changed, null, 2));
    const refused = await store.run(["apply", file(), "--unchanged-rows"]);
    expect(refused).toMatchObject({ status: 13, stdout: "" });
    expect(refused.stderr).toContain("agent:main:direct:old");
  });

  test("a transcript that another index needs by now is refused", async () => {
    await savePlan();
    store.state().write("openclaw.json", `{ agents: { list: [{ id: "main" }, { id: "work" }] } }`);
    store
      .state()
      .writeStore("work", { "agent:work:main": agedRow(9, 1, { sessionFile: store.at("s2.jsonl") }) });
    expect((await store.run(["apply", file()])).status).toBe(13);
    expect(store.keys()).toEqual(Object.keys(usedRows));
  });

  test("a running gateway holds it back, --while-running does not", async () => {
    await savePlan();
    expect((await store.run(["apply", file()], { probePort })).status).toBe(11);
    expect((await store.run(["apply", file(), "--while-running"], { probePort })).status).toBe(0);
  });

  test("a guard in the plan holds it back until it is confirmed", async () => {
    const many = Array.from({ length: 12 }, (_, n) => [`agent:main:direct:${n}`, agedRow(n, 40)] as const);
    store
      .state()
      .writeStore("main", { ...Object.fromEntries(many), "agent:main:direct:new": agedRow(99, 1) });
    await savePlan();
    expect((await store.run(["apply", file()])).status).toBe(15);
    expect((await store.run(["apply", file(), "--allow-mass"])).status).toBe(0);
  });

  test.each<[string, () => void, number]>([
    ["no such file", () => undefined, 10],
    ["no JSON", () => writeFileSync(file(), "{"), 2],
    ["an edited plan", () => writeFileSync(file(), JSON.stringify({ schemaVersion: 1, parts: [] })), 2],
    ["a plan of another version", () => writeFileSync(file(), JSON.stringify({ schemaVersion: 2 })), 13],
  ])("%s ends with its status", async (_, make, status) => {
    make();
    expect(await store.run(["apply", file()])).toMatchObject({ status, stdout: "" });
  });
});
