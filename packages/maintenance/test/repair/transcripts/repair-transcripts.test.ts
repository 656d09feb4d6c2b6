import { describe, expect, test } from "vitest";
import type { MemoryFs, TreeSpec } from "@sessionsmith/testkit";
import { diskWith, planned, repaired, repairNow, textOf, undone, visible } from "../repair-disk.ts";
import { indexOf, transcript } from "../transcripts.ts";

const domains = ["transcripts"] as const;
const rows = { "agent:main:main": { sessionId: "s1", updatedAt: repairNow - 1000 } };
const torn = `${transcript("s1")}{"type":"mess`;

function disk(files: TreeSpec, index: object = rows): MemoryFs {
  return diskWith({ main: { "sessions.json": JSON.stringify(index, null, 2), ...files } });
}

function headerOf(fs: MemoryFs, name = "s1.jsonl") {
  return JSON.parse(textOf(fs, name).split("\n")[0] ?? "");
}

function stays(reason: string) {
  return [{ domain: "transcripts", what: "transcript-damaged", file: "s1.jsonl", reasons: [reason] }];
}

describe("a damaged transcript", () => {
  test("is replaced by a sound one; what is no record is beside it, the original in the trash", async () => {
    const fs = disk({ "s1.jsonl": { content: torn, mode: 0o640, mtimeNs: 1_000_000_000n } });
    const before = visible(fs);
    const { plan, stores } = await repaired(fs, { domains });
    expect(textOf(fs, "s1.jsonl")).toBe(transcript("s1"));
    expect(textOf(fs, "s1.jsonl.damaged.1")).toBe(`{"type":"mess\n`);
    expect(stores[0]?.mends).toEqual([
      {
        domain: "transcripts",
        what: "tail-set-aside",
        file: "s1.jsonl",
        key: "agent:main:main",
        to: "s1.jsonl.damaged.1",
        count: 1,
        reasons: ["transcript-torn-tail"],
      },
    ]);
    expect(plan.parts[0]?.steps.map(({ kind, phase }) => [kind, phase])).toEqual([
      ["write-file", "create"],
      ["write-file", "switch"],
    ]);
    const fact = fs.lstat("/home/user/.openclaw/agents/main/sessions/s1.jsonl");
    expect(fact).toMatchObject({ mode: 0o640, mtimeNs: 1_000_000_000n });
    const again = await repaired(fs, { domains, firstId: 300 });
    expect(again.outcome.operationId).toBeUndefined();
    await undone(fs);
    expect(visible(fs)).toEqual(before);
  });

  test("does not take the name of what was set aside before", async () => {
    const fs = disk({ "s1.jsonl": torn, "s1.jsonl.damaged.1": "old" });
    await repaired(fs, { domains });
    expect(textOf(fs, "s1.jsonl.damaged.1")).toBe("old");
    expect(textOf(fs, "s1.jsonl.damaged.2")).toBe(`{"type":"mess\n`);
  });

  test("with a name too long for another beside it is mended too", async () => {
    const id = "x".repeat(240);
    const index = { "agent:main:main": { sessionId: "s1", sessionFile: `${id}.jsonl`, updatedAt: 1 } };
    const fs = disk({ [`${id}.jsonl`]: torn }, index);
    const { stores } = await repaired(fs, { domains });
    expect(textOf(fs, `${id}.jsonl`)).toBe(transcript("s1"));
    expect(stores[0]?.mends[0]).not.toHaveProperty("to");
  });
});

describe("a header that is put back", () => {
  const body = transcript("s1").split("\n").slice(1).join("\n");
  test("says what the row says", async () => {
    const row = { sessionId: "s1", updatedAt: 1, systemPromptReport: { workspaceDir: "/work" } };
    const fs = disk({ "odd-name.jsonl": body }, { k: { ...row, sessionFile: "odd-name.jsonl" } });
    const { stores } = await repaired(fs, { domains });
    expect(headerOf(fs, "odd-name.jsonl")).toEqual({
      type: "session",
      version: 3,
      id: "s1",
      timestamp: "2026-10-20T10:00:00.000Z",
      cwd: "/work",
    });
    expect(stores[0]?.mends).toMatchObject([
      { what: "header-made", reasons: ["transcript-header-missing", "header-from:clues"] },
    ]);
  });

  test("comes from the newest archive of the file that has one", async () => {
    const fs = disk({
      "s1.jsonl": body,
      "s1.jsonl.bak.2026-10-20T10-00-00.000Z": transcript("s1", { cwd: "/old" }),
      "s1.jsonl.bak.2026-10-21T10-00-00.000Z": transcript("s1", { cwd: "/new" }),
      "s1.jsonl.bak.2026-10-22T10-00-00.000Z": body,
      "s1.jsonl.reset.2026-10-23T10-00-00.000Z": transcript("s0"),
    });
    await repaired(fs, { domains });
    expect(textOf(fs, "s1.jsonl")).toBe(transcript("s1", { cwd: "/new" }));
  });

  test("is that of the file's name if rows disagree", async () => {
    const sessionFile = "s3-topic-7.jsonl";
    const index = { a: { sessionId: "s1", sessionFile }, b: { sessionId: "s2", sessionFile } };
    const fs = disk({ "s3-topic-7.jsonl": body }, index);
    await repaired(fs, { domains });
    expect(headerOf(fs, "s3-topic-7.jsonl").id).toBe("s3");
  });
});

describe("what stays as it is", () => {
  test("a transcript with further names", () => {
    const fs = disk({ "s1.jsonl": torn, other: { hardLink: "s1.jsonl" } });
    const [store] = planned(fs, { domains }).stores;
    expect(store?.unmended).toEqual(stays("has-further-names"));
    expect(store?.steps).toEqual([]);
  });

  test("a transcript of a session that runs", () => {
    const running = { sessionId: "s1", updatedAt: repairNow - 1000, status: "running" };
    const fs = disk({ "s1.jsonl": torn }, { k: running });
    expect(planned(fs, { domains }).stores[0]?.unmended).toEqual(stays("in-use:running"));
    const old = disk({ "s1.jsonl": torn }, { k: { ...running, updatedAt: 1 } });
    const later = repairNow + 2 * 86_400_000;
    expect(planned(old, { domains, now: later }).stores[0]?.unmended).toEqual([]);
  });

  test("a transcript whose lock is young or held", () => {
    const fs = disk({
      "s1.jsonl": torn,
      "s1.jsonl.lock": { content: "", mtimeNs: BigInt(repairNow) * 1_000_000n },
    });
    expect(planned(fs, { domains }).stores[0]?.unmended).toEqual(stays("in-use:locked"));
    const dead = disk({ "s1.jsonl": torn, "s1.jsonl.lock": `{"pid":7}` });
    expect(planned(dead, { domains }).stores[0]?.unmended).toEqual([]);
  });

  test.each([
    ["a newer version", `{"type":"session","version":9,"id":"s1"}\noops\n`],
    ["a sound transcript", transcript("s1")],
    ["a record that lacks something", `${transcript("s1")}{"type":"custom","parentId":"00000002"}\n`],
  ])("%s", (_, content) => {
    const [store] = planned(disk({ "s1.jsonl": content }), { domains }).stores;
    expect({ steps: store?.steps, unmended: store?.unmended }).toEqual({ steps: [], unmended: [] });
  });

  test("a file of another program that no row references, and anything that is no transcript", () => {
    const fs = disk({
      "s1.jsonl": transcript("s1"),
      "log.jsonl": `{"level":"info"}\n{"lev`,
      "s1.trajectory.jsonl": "torn",
      "s1.jsonl.deleted.2026-10-20T10-00-00.000Z": "torn",
      "empty.jsonl": "",
    });
    expect(planned(fs, { domains }).plan.parts[0]?.steps).toEqual([]);
  });

  test("but an orphan that OpenClaw wrote is mended", () => {
    const fs = disk({ "s1.jsonl": transcript("s1"), "s2.jsonl": `${transcript("s2")}{"t` });
    expect(planned(fs, { domains }).stores[0]?.mends).toMatchObject([{ file: "s2.jsonl" }]);
  });
});

test("a plan holds no conversation text", async () => {
  const secret = "sk-secret-words";
  const said = (id: string, parentId: string) =>
    JSON.stringify({
      type: "message",
      id,
      parentId,
      timestamp: secret,
      message: { role: "user", content: secret },
    });
  const content = `${said("a", "b")}\n${said("a", "b")}${said("c", "x")}\n{"text":"${secret}\n`;
  const fs = disk({ "s1.jsonl": content });
  const { plan, stores } = planned(fs, { domains });
  const told = JSON.stringify([plan, stores.map(({ mends, unmended }) => ({ mends, unmended }))]);
  expect(told).not.toContain(secret);
  expect(plan.parts[0]?.steps).toHaveLength(2);
});

test("the index is not touched, and other domains see their own", async () => {
  const fs = disk({ "s1.jsonl": torn });
  const index = textOf(fs);
  await repaired(fs);
  expect(textOf(fs)).toBe(index);
  expect(textOf(fs, "s1.jsonl")).toBe(transcript("s1"));
  expect(indexOf(rows)).toBe(index);
});

test("stores that share a directory mend its transcripts once", () => {
  const fs = disk({ "s1.jsonl": torn, "other.json": JSON.stringify(rows) });
  const [target] = planned(fs, { domains }).stores.map((store) => store.target);
  const targets = [target, target].flatMap((one, n) =>
    one === undefined
      ? []
      : [{ ...one, indexPath: n === 0 ? one.indexPath : `${one.sessionsDir}/other.json` }],
  );
  const { plan } = planned(fs, { domains, targets });
  expect(plan.parts.map(({ steps }) => steps.length)).toEqual([2, 0]);
});
