import type { Arbitrary } from "fast-check";
import { assert, constant, constantFrom, oneof, option, property, record, string } from "fast-check";
import { describe, expect, test } from "vitest";
import type { SessionKeyParts } from "../../src/keys/build-session-key.ts";
import { buildSessionKey } from "../../src/keys/build-session-key.ts";
import { canonicalizeSessionKey } from "../../src/keys/canonicalize-session-key.ts";
import { isDirectMessageKey } from "../../src/keys/direct-message-key.ts";
import { parseSessionKey } from "../../src/keys/parse-session-key.ts";
import { anyKey, peerId, plainWord } from "./key-arbitrary.ts";

function partsOf(word: Arbitrary<string>, peer: Arbitrary<string>): Arbitrary<SessionKeyParts> {
  const agentId = constantFrom("main", "work");
  const threadId = option(peer, { nil: undefined });
  const channel = oneof(constantFrom("telegram", "signal", "matrix", "whatsapp"), word);
  return oneof(
    record({
      scope: constant("main" as const),
      agentId,
      mainKey: option(word, { nil: undefined }),
      threadId,
    }),
    record({ scope: constant("per-peer" as const), agentId, peer, threadId }),
    record({ scope: constant("per-channel-peer" as const), agentId, channel, peer, threadId }),
    record({
      scope: constant("per-account-channel-peer" as const),
      agentId,
      channel,
      accountId: word,
      peer,
      threadId,
    }),
    record({
      scope: constantFrom("group" as const, "channel" as const),
      agentId,
      channel,
      id: peer,
      threadId,
    }),
  );
}

interface Said {
  readonly form: string;
  readonly id: string | undefined;
  readonly threadId: string | undefined;
}

function meant(parts: SessionKeyParts): Said {
  const threadId = fold(parts.threadId);
  if (parts.scope === "main") return { form: "main", id: undefined, threadId };
  return "id" in parts
    ? { form: "conversation", id: fold(parts.id), threadId }
    : { form: "direct", id: fold(parts.peer), threadId };
}

function said(key: string, parts: SessionKeyParts): Said {
  const parsed = parseSessionKey(key, { mainKey: parts.scope === "main" ? parts.mainKey : undefined });
  const threadId = fold(parsed.threadId);
  if (parsed.form === "direct") return { form: "direct", id: fold(parsed.peer), threadId };
  return { form: parsed.form, id: parsed.form === "conversation" ? fold(parsed.id) : undefined, threadId };
}

/** Case aside; both ways, because some letters have several lower cases. */
function fold(text: string | undefined): string | undefined {
  return text?.trim().toLowerCase().toUpperCase();
}

describe("buildSessionKey", () => {
  test("makes a key of all ordinary parts, and parsing gives them back", () => {
    assert(
      property(partsOf(plainWord, peerId), (parts) => {
        const built = buildSessionKey(parts);
        if (!built.ok) throw new Error(built.problem);
        expect(said(built.key, parts)).toEqual(meant(parts));
        expect(parseSessionKey(built.key).agentId).toBe(parts.agentId);
        expect(isDirectMessageKey(built.key)).toBe("peer" in parts && parts.threadId === undefined);
      }),
      { numRuns: 1000 },
    );
  });

  test("refuses any other parts, or makes a canonical key that says the same", () => {
    const text = oneof(anyKey, string({ maxLength: 4 }), peerId);
    assert(
      property(partsOf(text, text), (parts) => {
        const built = buildSessionKey(parts);
        if (!built.ok) return;
        const mainKey = parts.scope === "main" ? parts.mainKey : undefined;
        expect(canonicalizeSessionKey(built.key, { agentId: "other", mainKey })).toBe(built.key);
        expect(said(built.key, parts)).toEqual(meant(parts));
      }),
      { numRuns: 2000 },
    );
  });
});
