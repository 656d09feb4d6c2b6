import { assert, boolean, constantFrom, property, record, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalizeSessionKey } from "../../src/keys/canonicalize-session-key.ts";
import { coarseListKind, coarseListKinds } from "../../src/keys/coarse-list-kind.ts";
import { isDirectMessageKey, isOpenClawDirectKey } from "../../src/keys/direct-message-key.ts";
import { isExternalConversationKey, isSyntheticKey } from "../../src/keys/key-protection.ts";
import { isModelRunKey } from "../../src/keys/model-run-key.ts";
import { parseSessionKey } from "../../src/keys/parse-session-key.ts";
import { classifySessionKey, sessionKinds } from "../../src/keys/session-kind.ts";
import { anyKey } from "./key-arbitrary.ts";

const runs = { numRuns: 2000 };
const options = record({
  agentId: constantFrom("main", "Work", "signal", "matrix", "", "a b"),
  mainKey: constantFrom(
    undefined,
    "main",
    "Desk",
    "a::b",
    "group: x",
    "signal:group: AbC",
    "cron:x",
    "global",
    "agent",
  ),
  scope: constantFrom(undefined, "per-sender", "global"),
  mainAgentMissing: boolean(),
});

describe("any text as a key", () => {
  test("is parsed and judged without an error", () => {
    assert(
      property(anyKey, (key) => {
        expect(parseSessionKey(key).key).toBe(key);
        expect(sessionKinds).toContain(classifySessionKey(key));
        expect(coarseListKinds).toContain(coarseListKind(key));
        expect(isSyntheticKey(key) && isExternalConversationKey(key)).toBe(false);
        expect(isDirectMessageKey(key) && isSyntheticKey(key)).toBe(false);
        expect(isModelRunKey(key)).toBeTypeOf("boolean");
        expect(isOpenClawDirectKey(key)).toBeTypeOf("boolean");
      }),
      runs,
    );
  });

  test("has a canonical spelling that stays as it is", () => {
    assert(
      property(anyKey, options, (key, given) => {
        const canonical = canonicalizeSessionKey(key, given);
        expect(canonicalizeSessionKey(canonical, given)).toBe(canonical);
      }),
      runs,
    );
  });

  test("is the same kind of session in its canonical spelling", () => {
    assert(
      property(
        anyKey,
        constantFrom("main", "Work"),
        constantFrom(undefined, "Desk"),
        (key, agentId, mainKey) => {
          const canonical = canonicalizeSessionKey(key, { agentId, mainKey });
          expect(classifySessionKey(canonical, { mainKey })).toBe(classifySessionKey(key, { mainKey }));
        },
      ),
      runs,
    );
  });

  test("keeps its agent, its thread and its topic in its canonical spelling", () => {
    assert(
      property(anyKey, (key) => {
        const parsed = parseSessionKey(key);
        const canonical = parseSessionKey(canonicalizeSessionKey(key, { agentId: "store" }));
        expect(canonical.agentId).toBe(parsed.agentId ?? canonical.agentId);
        expect(canonical).toMatchObject({
          form: parsed.form,
          threadId: parsed.threadId,
          topicId: parsed.topicId,
        });
      }),
      runs,
    );
  });

  test.each([":", "a:", "thread:", "signal:group:", "matrix:channel:", "-", " ", "heartbeat:", "topic:x:"])(
    "is judged in linear time, also if it repeats %j",
    (part) => {
      const key = `agent:main:telegram:group:${part.repeat(50_000)}`;
      const canonical = canonicalizeSessionKey(key, { agentId: "main" });
      expect(classifySessionKey(canonical)).toBe(classifySessionKey(key));
      expect(isExternalConversationKey(canonical)).toBe(isExternalConversationKey(key));
      expect(isOpenClawDirectKey(key)).toBe(false);
    },
    2000,
  );

  test("never lets machine-made sessions pass for protected ones by adding words", () => {
    assert(
      property(
        constantFrom("subagent", "acp", "cron", "hook", "node"),
        string(),
        anyKey,
        (word, id, tail) => {
          const key = `agent:main:${word}:x${id}:${tail}`;
          expect(isSyntheticKey(key)).toBe(true);
          expect(isExternalConversationKey(key)).toBe(false);
        },
      ),
      runs,
    );
  });
});
