import { assert, constantFrom, dictionary, jsonValue, oneof, property, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { fromOpenClawPython, toOpenClawPython } from "../../src/dialects/openclaw-python.ts";
import type { JsonObject } from "../../src/json-value.ts";
import { openClawPythonFields, snakeCaseOf } from "../../src/model/openclaw-python-fields.ts";

const camelCase = oneof(constantFrom(...openClawPythonFields, "spawnDepth", "acp", "__proto__"), string());
const anyCase = oneof(camelCase, constantFrom(...openClawPythonFields.map(snakeCaseOf)));
const nestedCamelCase = constantFrom("from", "to", "chatType", "accountId", "nativeChannelId", "__proto__");
const nestedAnyCase = oneof(nestedCamelCase, constantFrom("from_", "chat_type", "account_id"));

/** Rows of such names. Null means "not set" in this dialect, so no field is null. */
function rows(names: typeof camelCase, nestedNames: typeof camelCase) {
  const value = oneof(jsonValue(), dictionary(nestedNames, string())).filter((item) => item !== null);
  return dictionary(names, value).map((row): JsonObject => JSON.parse(JSON.stringify(row)));
}

describe("openclaw-python", () => {
  test("there and back keeps every field and value of an OpenClaw row", () => {
    assert(
      property(rows(camelCase, nestedCamelCase), (entry) => {
        expect(fromOpenClawPython(toOpenClawPython(entry))).toEqual({ entry, findings: [] });
      }),
    );
  });

  test("no value of a row gets lost, in whatever mixture of spellings", () => {
    assert(
      property(rows(anyCase, nestedAnyCase), (raw) => {
        const values = leavesOf(raw);
        expect(leavesOf(fromOpenClawPython(raw).entry)).toEqual(values);
        expect(leavesOf(toOpenClawPython(raw))).toEqual(values);
      }),
    );
  });
});

/** Every different value in a row that is neither object nor null, as JSON, in order. */
function leavesOf(value: unknown): readonly string[] {
  const leaves = new Set<string>();
  JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item !== "object") leaves.add(JSON.stringify(item));
    return item;
  });
  return [...leaves].toSorted();
}
