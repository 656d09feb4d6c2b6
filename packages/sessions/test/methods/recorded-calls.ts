import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonObject, JsonValue } from "@sessionsmith/core";
import { isJsonObject } from "@sessionsmith/core";
import { fixturesDir } from "@sessionsmith/testkit";

const dir = join(fixturesDir, "gateway", "openclaw-2026.5.28");

/** A call of OpenClaw's gateway, as it was recorded. */
export interface RecordedCall {
  /** From 1 on. */
  readonly number: number;
  readonly method: string;
  readonly params: JsonObject;
  readonly ok: boolean;
  /** The answer; of a refusal its error. */
  readonly answer: JsonObject;
}

/** What `openclaw.json` held. */
export const recordedSettings: string = readFileSync(join(dir, "openclaw.json"), "utf8");

/** All calls, in the order in which they were made. */
export function recordedCalls(): readonly RecordedCall[] {
  const lines = readFileSync(join(dir, "calls.jsonl"), "utf8").trimEnd().split("\n");
  return lines.map((line, at) => {
    const call: JsonObject = JSON.parse(line);
    const { method, params, ok } = call;
    const answer = ok === true ? call["payload"] : call["error"];
    if (typeof method !== "string" || !isJsonObject(params) || !isJsonObject(answer))
      throw new Error(`call ${at + 1} is not understood`);
    return { number: at + 1, method, params, ok: ok === true, answer };
  });
}

/** Paths of an answer with the kinds of the values there: `entry.label: string`, `sessions[].key: string`. */
export function shapeOf(value: JsonValue, path = ""): readonly string[] {
  if (Array.isArray(value)) {
    const items: readonly JsonValue[] = value;
    return [`${path}: list`, ...new Set(items.flatMap((item) => shapeOf(item, `${path}[]`)))];
  }
  if (isJsonObject(value)) {
    const inside = Object.entries(value).flatMap(([name, item]) =>
      item === undefined ? [] : shapeOf(item, path === "" ? name : `${path}.${name}`),
    );
    return path === "" ? inside : [`${path}: object`, ...inside];
  }
  return [`${path}: ${value === null ? "null" : typeof value}`];
}
