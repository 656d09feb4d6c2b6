import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { namesIn, treeOf } from "../tree-of.ts";
import { agedRow, useStore } from "../used-store.ts";

const store = useStore();
const ann = "agent:main:telegram:direct:5";
const bob = "agent:main:telegram:direct:6";
const rows = {
  "agent:main:main": agedRow(1, 1, { compactionCheckpoints: [{ checkpointId: "c", sessionKey: ann }] }),
  [ann]: agedRow(2, 2, { unknown: [1e2, null] }),
  "agent:main:signal:direct:7": agedRow(3, 3),
  [bob]: agedRow(4, 4),
  "agent:main:signal:direct:6": agedRow(5, 5),
  "agent:main:subagent:1": agedRow(6, 6, { spawnedBy: ann }),
  "agent:main:telegram:direct:5:thread:9": agedRow(7, 7),
};
const links = `identityLinks: { ann: ["telegram:5", "signal:7"] }`;

function configure(session: string): void {
  store.state().write("openclaw.json", `{ session: { ${session} } }`);
}

beforeEach(() => store.state().writeStore("main", rows));

describe("--fix-dm-scope", () => {
  test("retires rows of single peers, in mode warn too; undo brings all back", async () => {
    const before = treeOf(store.state().path);
    const done = await store.json("cleanup", "--fix-dm-scope");
    expect(done).toMatchObject({ mode: "warn", dmScopeRetired: 4, pruned: 0, afterCount: 3, applied: true });
    expect(done).not.toHaveProperty("rescoped");
    expect(store.keys()).toEqual([
      "agent:main:main",
      "agent:main:subagent:1",
      "agent:main:telegram:direct:5:thread:9",
    ]);
    expect(namesIn(store.at(".")).filter((name) => name.includes(".deleted."))).toHaveLength(4);
    await store.json("undo", done.operationId);
    expect(treeOf(store.state().path)).toEqual(before);
  });

  test("--dry-run shows it and changes nothing", async () => {
    const before = treeOf(store.state().path);
    const { status, stdout } = await store.run(["cleanup", "--fix-dm-scope", "--dry-run"]);
    expect(status).toBe(0);
    expect(stdout).toContain("\nWould retire stale direct DM sessions: 4\n");
    expect(treeOf(store.state().path)).toEqual(before);
  });

  test("does nothing while the scope is another, and says so", async () => {
    configure(`dmScope: "per-peer"`);
    const before = treeOf(store.state().path);
    const { status, stdout, stderr } = await store.run(["cleanup", "--fix-dm-scope"]);
    expect(status).toBe(0);
    expect(stdout).toContain("\nRetired stale direct DM sessions: 0\n");
    expect(stderr).toContain(
      "--fix-dm-scope did nothing: it is for session.dmScope main, but that is per-peer.",
    );
    expect(treeOf(store.state().path)).toEqual(before);
  });

  test("leaves the rows that a binding keeps apart", async () => {
    store
      .state()
      .write(
        "openclaw.json",
        `{ bindings: [{ agentId: "main", match: { channel: "telegram" }, session: { dmScope: "per-channel-peer" } }] }`,
      );
    expect(await store.json("cleanup", "--fix-dm-scope", "--dry-run")).toMatchObject({ dmScopeRetired: 2 });
  });
});

describe("--rescope", () => {
  beforeEach(() => configure(`dmScope: "per-peer", ${links}`));

  test("re-keys rows, joins those of one person, and rows that name them follow; undo brings all back", async () => {
    const before = treeOf(store.state().path);
    const done = await store.json("cleanup", "--rescope");
    const to = "agent:main:direct:ann";
    const joins = ["signal:7", "telegram:5"];
    expect(done).toMatchObject({
      mode: "warn",
      applied: true,
      dmScopeRetired: 1,
      rekeyed: 1,
      repaired: 2,
      rescoped: [
        { from: ann, to, action: "rekey", joins },
        { from: "agent:main:signal:direct:7", to, action: "retire-dm-scope", joins },
      ],
    });
    const index = JSON.parse(readFileSync(store.at("sessions.json"), "utf8"));
    expect(Object.keys(index)).toEqual([
      "agent:main:main",
      to,
      bob,
      "agent:main:signal:direct:6",
      "agent:main:subagent:1",
      "agent:main:telegram:direct:5:thread:9",
    ]);
    expect(index[to]).toEqual(rows[ann]);
    expect(index["agent:main:subagent:1"].spawnedBy).toBe(to);
    expect(index["agent:main:main"].compactionCheckpoints).toEqual([{ checkpointId: "c", sessionKey: to }]);
    expect(namesIn(store.at(".")).filter((name) => name.includes(".deleted."))).toEqual([
      "s3.jsonl.deleted.STAMP",
    ]);
    expect(await store.json("cleanup", "--rescope")).toMatchObject({ wouldMutate: false, rescoped: [] });
    await store.json("undo", done.operationId);
    expect(treeOf(store.state().path)).toEqual(before);
  });

  test("the preview says whose sessions come together, and which stay apart", async () => {
    const { status, stdout, stderr } = await store.run(["cleanup", "--rescope", "--dry-run", "--verbose"]);
    expect(status).toBe(0);
    expect(stdout).toContain(
      "Would retire stale direct DM sessions: 1\nWould re-key direct DM sessions: 1\n",
    );
    expect(stdout).toMatch(
      /telegram:direct:5 +agent:main:direct:ann +rekey +signal:7, telegram:5\n.*signal:direct:7 +agent:main:direct:ann +retire-dm-scope +signal:7, telegram:5\n/,
    );
    expect(stdout).toMatch(/keep +agent:main:telegram:direct:6 .*different-peers/);
    expect(stderr).toContain("dm-peers-not-linked");
  });

  test("a session that another agent's sub-agent names stays", async () => {
    store.state().writeStore("work", { "agent:work:subagent:1": agedRow(9, 1, { spawnedBy: ann }) });
    expect(await store.json("cleanup", "--rescope", "--dry-run")).toMatchObject({ rekeyed: 0, rescoped: [] });
  });

  test("a saved plan is applied, beside rows that came since, but not over one of them", async () => {
    const plan = join(store.state().path, "work/plan.json");
    await store.run(["cleanup", "--rescope", "--plan-out", plan]);
    const write = (more: object) =>
      store
        .state()
        .write("agents/main/sessions/sessions.json", JSON.stringify({ ...rows, ...more }, null, 2));
    write({ "agent:main:direct:ann": agedRow(8, 0) });
    const stale = await store.run(["apply", plan, "--unchanged-rows"]);
    expect(stale).toMatchObject({ status: 13, stdout: "" });
    expect(stale.stderr).toContain("agent:main:direct:ann");
    write({ "agent:main:direct:late": agedRow(8, 0) });
    expect((await store.run(["apply", plan])).status).toBe(13);
    const done = await store.json("apply", plan, "--unchanged-rows", "--while-running");
    expect(done).toMatchObject({ stores: [{ beforeCount: 8, afterCount: 7 }], warnings: [] });
    expect(store.keys()).toContain("agent:main:direct:late");
    expect(store.keys()).toContain("agent:main:direct:ann");
  });
});

describe("what can't be asked for", () => {
  test.each([
    ["", ["--rescope"], /--rescope gives each peer a session, but session.dmScope is main/],
    [`dmScope: "per-peer", scope: "global"`, ["--rescope"], /session.scope is global/],
    [`dmScope: "per-peer"`, ["--rescope", "--fix-dm-scope"], /give one of them/],
    [`dmScope: "per-peer", identityLinks: { ann: 5 }`, ["--rescope"], /session.identityLinks.ann/],
  ])("%s with %j: exit 2, nothing changed", async (session, orders, message) => {
    configure(session);
    const before = treeOf(store.state().path);
    const { status, stdout, stderr } = await store.run(["cleanup", ...orders]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(treeOf(store.state().path)).toEqual(before);
  });
});
