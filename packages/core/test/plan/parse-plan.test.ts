import { describe, expect, test } from "vitest";
import { isJsonObject } from "../../src/json-value.ts";
import { formatPlan } from "../../src/plan/format-plan.ts";
import { parsePlan } from "../../src/plan/parse-plan.ts";
import { sealPlan } from "../../src/plan/plan-digest.ts";
import { isStoreError } from "../../src/store-error.ts";
import { aFile, aMove, aPart, aPlan, aRewrite, aRow, aStaleRow } from "./plan-builder.ts";

/** The plan as text, with one value put at a path such as `parts.0.rows`. */
function textWith(path: string, value: unknown): string {
  const root: unknown = JSON.parse(formatPlan(aPlan()));
  const names = path.split(".");
  const last = names.pop() ?? "";
  const holder = names.reduce((at: unknown, name) => (isHolder(at) ? at[name] : undefined), root);
  if (!isHolder(holder)) throw new Error(`no such path: ${path}`);
  holder[last] = value;
  return JSON.stringify(root);
}

function isHolder(value: unknown): value is Record<string, unknown> {
  return isJsonObject(value) || Array.isArray(value);
}

function errorOf(text: string): { readonly code: string; readonly field: unknown; readonly message: string } {
  try {
    parsePlan(text);
  } catch (error) {
    if (isStoreError(error))
      return { code: error.code, field: error.details["field"], message: error.message };
    throw error;
  }
  throw new Error("the plan was accepted");
}

describe("parsePlan", () => {
  test("gives back what formatPlan wrote", () => {
    const plan = aPlan({
      parts: [aPart({ blockedBy: ["mass", "orphans"] }), aPart({ rows: [], files: [], steps: [] })],
    });
    expect(parsePlan(formatPlan(plan))).toEqual(plan);
  });

  test("a row without session id and age, and a file that stays", () => {
    const rows = [aRow("a", { sessionId: undefined, ageMs: null }), aStaleRow("old")];
    const files = [aFile("old-id.jsonl"), aFile("b.jsonl", { action: "keep" })];
    const plan = aPlan({ parts: [aPart({ rows, files })] });
    expect(parsePlan(formatPlan(plan))).toEqual(plan);
  });

  test("a changed byte is noticed by the digest, unless it is an age", () => {
    expect(errorOf(textWith("parts.0.rows.0.key", "agent:x"))).toMatchObject({
      code: "E_USAGE",
      field: "digest",
    });
    expect(parsePlan(textWith("parts.0.rows.0.ageMs", 7)).digest).toBe(aPlan().digest);
  });

  test("a plan of another version is stale", () => {
    expect(errorOf(textWith("schemaVersion", 2)).code).toBe("E_STALE_PLAN");
  });

  test.each([["no json"], [""], ['{"schemaVersion":1'], ["[]"], ["null"], ["{}"]])(
    "%s is no plan",
    (text) => {
      expect(errorOf(text).code).toBe("E_USAGE");
    },
  );

  test.each<[string, unknown]>([
    ["command", 1],
    ["createdAt", "1"],
    ["policy", []],
    ["parts", {}],
    ["digest", null],
    ["extra", 1],
    ["parts.0.rows.0.action", "erase"],
    ["parts.0.rows.0.sessionId", null],
    ["parts.0.rows.0.ageMs", "old"],
    ["parts.0.rows.0.constructor", 1],
    ["parts.0.rows.0.reasons", "none"],
    ["parts.0.files.0.size", -1],
    ["parts.0.files.0.size", 0.5],
    ["parts.0.files.0.name", "../x.jsonl"],
    ["parts.0.files.0.name", ".."],
    ["parts.0.files.0.name", "a\0b"],
    ["parts.0.steps.0.kind", "unlink"],
    ["parts.0.steps.0.phase", "retire"],
    ["parts.0.steps.0.content.sha256", "A".repeat(64)],
    ["parts.0.steps.0.content.source", "inline"],
    ["parts.0.steps.0.content.edits.0.at", -3],
    ["parts.0.steps.1.to", "/etc"],
    ["parts.0.steps.1.to.as", "name"],
    ["parts.0.steps.1.to.reason", "lost"],
    ["parts.0.steps.1.expect.ino", "0x1"],
    ["parts.0.steps.1.expect.dev", 1],
    ["parts.0.steps.1.from", "a/b"],
    ["parts.0.blockedBy.0", "age"],
    ["parts.0.store.index.size", "100"],
    ["parts.0.store.realDir", undefined],
  ])("%s = %j is refused by its place", (path, value) => {
    const field = path.replaceAll(/\.(\d+)/g, "[$1]");
    expect(errorOf(textWith(path, value))).toMatchObject({ code: "E_USAGE", field });
  });

  test("a plan that does not add up is refused, whatever its digest says", () => {
    const unsound = sealPlan(aPlan({ parts: [aPart({ steps: [aMove("old-id.jsonl"), aRewrite()] })] }));
    const { code, field, message } = errorOf(formatPlan(unsound));
    expect({ code, field }).toEqual({ code: "E_USAGE", field: "parts[0]" });
    expect(message).toContain("not in the order");
  });
});
