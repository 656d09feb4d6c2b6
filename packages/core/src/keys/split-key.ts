import { foldKeyCase } from "./fold-key-case.ts";

/**
 * What the outside of a key says. `missing`: nothing but separators and white space. `agent`: `agent:<id>:<rest>`.
 * `malformed_agent`: begins with `agent:` but lacks an id or a rest. `legacy_or_alias`: everything else.
 */
export type KeyShape = "missing" | "agent" | "malformed_agent" | "legacy_or_alias";

/** A key cut at its colons: empty segments dropped, canonical case. */
export type SplitKey =
  | { readonly shape: "missing"; readonly rest: readonly [] }
  | { readonly shape: "agent"; readonly agentId: string; readonly rest: readonly string[] }
  /** `rest` is what follows the word `agent`. */
  | { readonly shape: "malformed_agent"; readonly rest: readonly string[] }
  /** `rest` is the whole key. */
  | { readonly shape: "legacy_or_alias"; readonly rest: readonly string[] };

/** Printable ASCII without upper case and white space, and no segment is empty: such a key is canonical already. */
const canonicalKey = /^[!-9;-@[-~]+(?::[!-9;-@[-~]+)*$/;

/** The key that was cut last: whoever judges a key asks several questions about it, one after the other. */
let lastCut: { readonly key: string; readonly split: SplitKey } = {
  key: "",
  split: { shape: "missing", rest: [] },
};

/** Cuts a session key at its colons as OpenClaw 2026.5.28 does. Accepts any text, in linear time. */
export function splitKey(key: string): SplitKey {
  if (lastCut.key !== key) lastCut = { key, split: cutKey(key) };
  return lastCut.split;
}

const agentWord = "agent:";

function cutKey(key: string): SplitKey {
  // Nearly every key is canonical and names its agent, and in a large store that is asked a hundred thousand times.
  const isCanonical = canonicalKey.test(key);
  const end = isCanonical && key.startsWith(agentWord) ? key.indexOf(":", agentWord.length) : -1;
  if (end !== -1) {
    return { shape: "agent", agentId: key.slice(agentWord.length, end), rest: key.slice(end + 1).split(":") };
  }
  const segments = isCanonical ? key.split(":") : foldKeyCase(keySegments(key));
  const [head, agentId] = segments;
  if (head === undefined) return { shape: "missing", rest: [] };
  if (head !== "agent" || !key.includes(":")) return { shape: "legacy_or_alias", rest: segments };
  if (agentId === undefined || agentId.trim() === "" || segments.length === 2) {
    return { shape: "malformed_agent", rest: segments.slice(1) };
  }
  return { shape: "agent", agentId, rest: segments.slice(2) };
}

/** Tells the outer shape of a key. */
export function classifyKeyShape(key: string): KeyShape {
  return splitKey(key).shape;
}

/** The non-empty segments, without white space around the key and around the agent id. */
function keySegments(key: string): readonly string[] {
  const parts = key.split(":").filter((part) => part !== "");
  const first = parts.findIndex((part) => part.trim() !== "");
  if (first === -1) return [];
  const last = parts.findLastIndex((part) => part.trim() !== "");
  const segments = parts
    .slice(first, last + 1)
    .join(":")
    .trim()
    .split(":");
  const [head, agentId, ...rest] = segments;
  if (head?.toLowerCase() !== "agent" || agentId === undefined) return segments;
  return [head, agentId.trim() || agentId, ...rest];
}
