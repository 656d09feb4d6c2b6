import { isJsonObject } from "../json-value.ts";
import type { JsonValue } from "../json-value.ts";
import { StoreError } from "../store-error.ts";
import { checkPlanBalance } from "./check-plan-balance.ts";
import { fileDestinations, filePasses, rowActions } from "./decision.ts";
import type { FileDecision, RowChange, RowDecision } from "./decision.ts";
import { decimalPattern, parseFileName, parseStep, sha256Pattern } from "./parse-step.ts";
import { planDigest } from "./plan-digest.ts";
import { guards, planSchemaVersion } from "./plan.ts";
import type { Plan, PlanPart, PlanStore } from "./plan.ts";
import {
  readCount,
  readFields,
  readList,
  readMatch,
  readNumber,
  readObject,
  readText,
  readTrue,
  readWord,
  refuse,
} from "./read-strictly.ts";
import type { Placed } from "./read-strictly.ts";

/**
 * Reads a saved plan strictly: every field has its type, none is unknown, the steps agree with the decisions,
 * and the digest is that of the content.
 *
 * @throws StoreError E_USAGE if the text is no such plan; `details.field` names the place.
 * @throws StoreError E_STALE_PLAN if another version of this product wrote it.
 */
export function parsePlan(text: string): Plan {
  const at: Placed = { value: parseJson(text), place: "" };
  checkVersion(at);
  const field = readFields(at, ["schemaVersion", "command", "createdAt", "now", "policy", "parts", "digest"]);
  const draft = {
    schemaVersion: planSchemaVersion,
    command: readText(field("command")),
    createdAt: readNumber(field("createdAt")),
    now: readNumber(field("now")),
    policy: readObject(field("policy")),
    parts: readList(field("parts"), parsePart),
  } as const;
  const digest = readText(field("digest"));
  if (digest !== planDigest(draft)) refuse(field("digest"), "the digest of this content");
  return { ...draft, digest };
}

function parseJson(text: string): JsonValue {
  try {
    const value: JsonValue = JSON.parse(text);
    return value;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new StoreError("E_USAGE", "This is not a plan that can be applied: the text is not JSON.", {
      hint: "Make the plan again with --plan-out.",
    });
  }
}

function checkVersion(at: Placed): void {
  const version = isJsonObject(at.value) ? at.value["schemaVersion"] : undefined;
  if (version === planSchemaVersion) return;
  if (typeof version !== "number") refuse({ ...at, place: "schemaVersion" }, "a number");
  throw new StoreError(
    "E_STALE_PLAN",
    `The plan has format ${version}, but this version applies only format ${planSchemaVersion}.`,
    {
      hint: "Make the plan again with this version.",
      details: { schemaVersion: version },
    },
  );
}

function parsePart(at: Placed): PlanPart {
  const field = readFields(at, ["store", "rows", "files", "steps", "blockedBy"]);
  const part: PlanPart = {
    store: parseStore(field("store")),
    rows: readList(field("rows"), parseRowDecision),
    files: readList(field("files"), parseFileDecision),
    steps: readList(field("steps"), parseStep),
    blockedBy: readList(field("blockedBy"), (guard) => readWord(guard, guards)),
  };
  const [problem] = checkPlanBalance(part);
  return problem === undefined ? part : refuse(at, `sound (${problem})`);
}

function parseStore(at: Placed): PlanStore {
  const field = readFields(at, ["agentId", "indexPath", "realDir", "index"]);
  const identity = readFields(field("index"), ["sha256", "size", "dev", "ino", "mtimeNs"]);
  return {
    agentId: readText(field("agentId")),
    indexPath: readText(field("indexPath")),
    realDir: readText(field("realDir")),
    index: {
      sha256: readMatch(identity("sha256"), sha256Pattern, "a sha256"),
      size: readCount(identity("size")),
      dev: readMatch(identity("dev"), decimalPattern, "a number in decimal digits"),
      ino: readMatch(identity("ino"), decimalPattern, "a number in decimal digits"),
      mtimeNs: readMatch(identity("mtimeNs"), decimalPattern, "a number in decimal digits"),
    },
  };
}

function parseRowDecision(at: Placed): RowDecision {
  const field = readFields(at, ["key", "sessionId", "action", "reasons", "ageMs", "change", "rowSha256"]);
  const sessionId = field("sessionId");
  const ageMs = field("ageMs");
  const change = field("change");
  const sha256 = field("rowSha256");
  return {
    key: readText(field("key")),
    sessionId: sessionId.value === undefined ? undefined : readText(sessionId),
    action: readWord(field("action"), rowActions),
    reasons: readList(field("reasons"), readText),
    ageMs: ageMs.value === null ? null : readNumber(ageMs),
    ...(change.value === undefined ? {} : { change: parseChange(change) }),
    ...(sha256.value === undefined ? {} : { rowSha256: readMatch(sha256, sha256Pattern, "a sha256") }),
  };
}

function parseChange(at: Placed): RowChange {
  const field = readFields(at, ["key", "fields", "cleared", "detached"]);
  const [key, fields, cleared] = [field("key"), field("fields"), field("cleared")];
  const detached = field("detached");
  return {
    ...(key.value === undefined ? {} : { key: readText(key) }),
    ...(fields.value === undefined ? {} : { fields: readObject(fields) }),
    ...(cleared.value === undefined ? {} : { cleared: readList(cleared, readText) }),
    ...(detached.value === undefined ? {} : { detached: readTrue(detached) }),
  };
}

function parseFileDecision(at: Placed): FileDecision {
  const field = readFields(at, ["name", "action", "reasons", "size", "pass"]);
  const pass = field("pass");
  return {
    name: parseFileName(field("name")),
    action: readWord(field("action"), ["keep", ...fileDestinations]),
    reasons: readList(field("reasons"), readText),
    size: readCount(field("size")),
    ...(pass.value === undefined ? {} : { pass: readWord(pass, filePasses) }),
  };
}
