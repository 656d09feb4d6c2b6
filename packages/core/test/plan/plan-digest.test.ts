import { describe, expect, test } from "vitest";
import { planDigest } from "../../src/plan/plan-digest.ts";
import { joined } from "../../src/sequence.ts";
import { aFile, aMove, aPart, aPlan, aRewrite, aRow, aStaleRow } from "./plan-builder.ts";

const { digest } = aPlan();

describe("planDigest", () => {
  test("is a sha256", () => {
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
  });

  test("does not count the digest that a plan already has", () => {
    expect(planDigest(aPlan())).toBe(digest);
  });

  test("does not see whether a list is made when it is read", () => {
    const { rows, files, steps } = aPart();
    const part = aPart({ rows: joined([rows]), files: joined([files]), steps: joined([steps]) });
    expect(aPlan({ parts: [part] }).digest).toBe(digest);
    expect(JSON.stringify(part)).toBe(JSON.stringify(aPart()));
  });

  test("does not see when the plan was made, nor how old the rows were then", () => {
    const rows = [aRow("young", { ageMs: 6 }), { ...aStaleRow("old"), ageMs: null }];
    expect(aPlan({ createdAt: 1, now: 1, parts: [aPart({ rows })] }).digest).toBe(digest);
  });

  test.each([
    ["command", aPlan({ command: "repair" })],
    ["policy", aPlan({ policy: { preset: "safe", pruneAfterMs: 3001 } })],
    ["action", aPlan({ parts: [aPart({ rows: [aStaleRow("young"), aStaleRow("old")] })] })],
    ["reason", aPlan({ parts: [aPart({ rows: [aRow("young", { reasons: [] }), aStaleRow("old")] })] })],
    [
      "session id",
      aPlan({ parts: [aPart({ rows: [aRow("young", { sessionId: undefined }), aStaleRow("old")] })] }),
    ],
    ["file", aPlan({ parts: [aPart({ files: [aFile("old-id.jsonl"), aFile("b", { action: "keep" })] })] })],
    [
      "edit",
      aPlan({
        parts: [aPart({ steps: [aRewrite([{ at: 3, remove: 21, insert: "" }]), aMove("old-id.jsonl")] })],
      }),
    ],
    [
      "precondition",
      aPlan({ parts: [aPart({ steps: [aRewrite(), aMove("old-id.jsonl", { reason: "x" })] })] }),
    ],
    ["guard", aPlan({ parts: [aPart({ blockedBy: ["mass"] })] })],
    ["store", aPlan({ parts: [aPart({ store: { ...aPart().store, realDir: "/other" } })] })],
    ["number of stores", aPlan({ parts: [] })],
  ])("changes with another %s", (_name, other) => {
    expect(other.digest).not.toBe(digest);
  });
});
