import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { addOrphans, headerOf, promptPath, putAged } from "../orphan-store.ts";
import { namesIn, treeOf } from "../tree-of.ts";
import { useStore } from "../used-store.ts";

const store = useStore();
const leaving = [
  "gone.checkpoint.0a7b6b7e-3f1c-4d3a-9d5e-7f3f0c1b2a3d.jsonl",
  "gone.jsonl.codex-app-server.json",
  "orphan.jsonl",
  "orphan.trajectory.jsonl",
  "sessions.json.7.0a7b6b7e-3f1c-4d3a-9d5e-7f3f0c1b2a3d.tmp",
];

function names(): readonly string[] {
  return namesIn(store.at("."));
}

describe("archives and artifacts", () => {
  test("a preview counts what would leave, enforce does it, undo brings every byte back", async () => {
    addOrphans(store);
    const before = treeOf(store.state().path);
    const counts = {
      unreferencedArtifacts: { archivedFiles: 6, removedFiles: 6, olderThanMs: 30 * 86_400_000 },
      archives: { purgedFiles: 1, freedBytes: 8 },
      blockedBy: [],
    };
    expect(await store.json("cleanup", "--dry-run")).toMatchObject({ ...counts, wouldMutate: true });
    expect(treeOf(store.state().path)).toEqual(before);
    const done = await store.json("cleanup", "--enforce");
    expect(done).toMatchObject({ ...counts, applied: true, pruned: 2 });
    for (const name of leaving) expect(names()).not.toContain(name);
    expect(names()).toEqual(
      expect.arrayContaining(["notes.jsonl", "parent.jsonl", "s1.jsonl", "young.jsonl"]),
    );
    expect([...treeOf(store.at(".")).keys()]).not.toContain(promptPath);
    expect((await store.run(["undo", done.operationId])).status).toBe(0);
    expect(treeOf(store.state().path)).toEqual(before);
  });

  test("the freed bytes are those of the files", async () => {
    addOrphans(store);
    const sizes = [...leaving, promptPath].map((name) => store.host().fs.lstat(store.at(name))?.size ?? 0);
    const { unreferencedArtifacts } = await store.json("cleanup", "--dry-run");
    expect(unreferencedArtifacts.freedBytes).toBe(sizes.reduce((sum, size) => sum + size, 0));
  });

  test("nothing is left to do afterwards", async () => {
    addOrphans(store);
    await store.json("cleanup", "--enforce");
    expect(await store.json("cleanup", "--enforce")).toMatchObject({ operationId: null, wouldMutate: false });
  });

  test("a prompt that a row of another index needs stays", async () => {
    addOrphans(store);
    const hash = promptPath.slice(-"0".repeat(64).length - 4, -4);
    const row = { sessionId: "x", skillsSnapshot: { promptRef: { hash }, skills: [] } };
    writeFileSync(store.at("other.json"), JSON.stringify({ a: row }));
    expect(await store.json("cleanup", "--enforce")).toMatchObject({
      unreferencedArtifacts: { archivedFiles: 5 },
    });
    expect([...treeOf(store.at(".")).keys()]).toContain(promptPath);
  });

  test("an order by age alone leaves them where they are", async () => {
    addOrphans(store);
    await store.json("cleanup", "--older-than", "30d");
    expect(names()).toEqual(expect.arrayContaining(leaving));
  });

  test("the trash lists, restores and purges them", async () => {
    addOrphans(store);
    const { operationId } = await store.json("cleanup", "--enforce");
    const { stdout } = await store.run(["trash", "list"]);
    expect(stdout).toContain("orphan.jsonl");
    expect((await store.run(["trash", "restore", operationId])).status).toBe(0);
    expect([...treeOf(store.at(".")).keys()]).toEqual(expect.arrayContaining([...leaving, promptPath]));
    const again = await store.json("cleanup", "--enforce");
    expect((await store.run(["trash", "pack", "--older-than", "1ms"])).status).toBe(0);
    expect((await store.run(["undo", again.operationId])).status).toBe(0);
    expect([...treeOf(store.at(".")).keys()]).toEqual(expect.arrayContaining([...leaving, promptPath]));
    expect((await store.run(["trash", "purge", "--operation", again.operationId])).status).toBe(0);
  });

  test("the text tells both numbers", async () => {
    addOrphans(store);
    const { stdout } = await store.run(["cleanup", "--dry-run"]);
    expect(stdout).toMatch(/\nWould retire expired archives: 1\nWould prune unreferenced artifacts: 6\n/);
  });
});

function addMany(): void {
  for (let n = 0; n < 25; n += 1) putAged(store, `lost${n}.jsonl`, headerOf(`lost${n}`));
}

function lost(): number {
  return names().filter((name) => /^lost\d+\.jsonl$/.test(name)).length;
}

describe("an index that explains too few transcripts", () => {
  test("a preview shows the plan with the guard", async () => {
    addMany();
    const shown = await store.json("cleanup", "--dry-run");
    expect(shown).toMatchObject({
      blockedBy: ["orphans"],
      unreferencedArtifacts: { archivedFiles: 25 },
      pruned: 2,
    });
    expect((await store.run(["cleanup", "--dry-run"])).stdout).toContain("--allow-orphans");
  });

  test("enforce does the rows, leaves the files, says so and ends with 3", async () => {
    addMany();
    const { status, stdout, stderr } = await store.run(["cleanup", "--enforce", "--json"]);
    expect(status).toBe(3);
    expect(stderr).toMatch(/so 25 files that no session needs stay; .* add --allow-orphans/);
    expect(JSON.parse(stdout)).toMatchObject({
      applied: true,
      pruned: 2,
      blockedBy: ["orphans"],
      unreferencedArtifacts: { archivedFiles: 0, freedBytes: 0 },
      errors: [{ key: null, sessionId: null, code: "E_REFUSED" }],
    });
    expect(lost()).toBe(25);
    expect(store.keys()).toHaveLength(2);
  });

  test("--allow-orphans lets them go to the trash", async () => {
    addMany();
    expect(await store.json("cleanup", "--enforce", "--allow-orphans")).toMatchObject({
      blockedBy: [],
      unreferencedArtifacts: { archivedFiles: 25 },
    });
    expect(lost()).toBe(0);
  });

  test.each([
    [[], 3, 25, "add --allow-orphans"],
    [["--allow-orphans"], 0, 0, ""],
  ] as const)("a saved plan, applied with %j", async (flags, status, left, said) => {
    addMany();
    const plan = join(store.state().path, "work/plan.json");
    expect((await store.run(["cleanup", "--plan-out", plan])).status).toBe(0);
    const done = await store.run(["apply", plan, ...flags]);
    expect(done.status).toBe(status);
    expect(lost()).toBe(left);
    expect(store.keys()).toHaveLength(2);
    expect(done.stderr).toContain(said);
  });
});
