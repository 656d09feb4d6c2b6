import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isJsonObject, type JsonObject, type JsonValue } from "@sessionsmith/core";
import { fixturesDir, memoryFs, memoryHost, type MemoryFs, writeTree } from "@sessionsmith/testkit";
import { beforeAll, describe, expect, test } from "vitest";
import { createSessionMethods, type SessionMethods } from "../../src/methods/create-session-methods.ts";
import { openSessionStores } from "../../src/methods/session-stores.ts";
import { rowsOf } from "../change/changed-store.ts";
import { differences, expectedDifferences } from "./gateway-differences.ts";
import { type RecordedCall, recordedCalls, recordedSettings, shapeOf } from "./recorded-calls.ts";

const stateDir = "/home/user/.openclaw";
/** The minute of the recording. */
const startMs = Date.UTC(2026, 10, 20, 9, 14);
const calls = recordedCalls();
/** From the next call on, OpenClaw has removed six sessions that were just made: ours must not. */
const lastComparable = 62;

/** Our answer to a recorded call. */
interface Played {
  readonly call: RecordedCall;
  readonly ok: boolean;
  readonly answer: JsonObject;
}

let fs: MemoryFs;
let methods: SessionMethods;
const played: Played[] = [];
/** Their session ids -> ours, told by what both gave the same key. */
const ids = new Map<string, string>();

beforeAll(async () => {
  fs = memoryFs({ nowNs: BigInt(startMs) * 1_000_000n });
  writeTree(fs, stateDir, { "openclaw.json": recordedSettings });
  const host = memoryHost(fs, 1, startMs);
  methods = createSessionMethods(openSessionStores({ host }));
  for (const call of calls.slice(0, lastComparable)) {
    // oxlint-disable-next-line no-await-in-loop -- each call works on what the one before it left
    const one = await play(call);
    played.push(one);
    const [theirs, ours] = [sessionIdOf(call.answer), sessionIdOf(one.answer)];
    if (theirs !== undefined && ours !== undefined) ids.set(theirs, ours);
  }
});

async function play(call: RecordedCall): Promise<Played> {
  const answer = await methods.answer(call.method, call.params);
  const body: JsonValue = JSON.parse(JSON.stringify(answer.ok ? answer.payload : answer.error));
  if (!isJsonObject(body)) throw new Error(`call ${call.number} was answered with no object`);
  return { call, ok: answer.ok, answer: body };
}

function sessionIdOf({ entry }: JsonObject): string | undefined {
  const id = isJsonObject(entry) ? entry["sessionId"] : undefined;
  return typeof id === "string" ? id : undefined;
}

/** Times and stamps apart; their session ids as ours. */
function comparable(value: JsonValue, path: string, left: ReadonlySet<string>): JsonValue {
  if (typeof value === "string") {
    const known = [...ids].reduce(
      (text, [theirs, ours]) =>
        text.replaceAll(theirs, ours).replaceAll(theirs.slice(0, 8), ours.slice(0, 8)),
      value,
    );
    return known.replaceAll(/\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z/g, "<stamp>");
  }
  if (Array.isArray(value)) return value.map((item: JsonValue) => comparable(item, `${path}[]`, left));
  if (isJsonObject(value)) {
    const inside = Object.entries(value).flatMap(([name, item]): (readonly [string, JsonValue])[] => {
      const at = path === "" ? name : `${path}.${name}`;
      return item === undefined || left.has(at) ? [] : [[name, comparable(item, at, left)]];
    });
    return Object.fromEntries(inside.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }
  return typeof value === "number" && value > 1_700_000_000_000 ? "<time>" : value;
}

const pathsOf = (shape: readonly string[]) =>
  new Set(shape.map((line) => line.slice(0, line.lastIndexOf(":"))));

describe("the calls of a gateway of OpenClaw 2026.5.28", () => {
  test.each(calls.slice(0, lastComparable).map((call) => [call.number, call.method, call] as const))(
    "call %i, %s: accepted or refused alike, with the same shape and values",
    (number, _method, call) => {
      const ours = played[number - 1];
      if (ours === undefined) throw new Error("a call that was not played");
      expect({ ok: ours.ok, code: ours.answer["code"] }).toEqual({ ok: call.ok, code: call.answer["code"] });
      const { missing, added } = expectedDifferences(call);
      const [theirShape, ourShape] = [pathsOf(shapeOf(call.answer)), pathsOf(shapeOf(ours.answer))];
      const isAdded = (path: string) => added.has(path) || (!call.ok && path.startsWith("details"));
      expect([...theirShape].filter((path) => !ourShape.has(path) && !missing.has(path))).toEqual([]);
      expect([...ourShape].filter((path) => !theirShape.has(path) && !isAdded(path))).toEqual([]);
      const left = new Set([...missing, ...added, ...(call.ok ? [] : ["details"])]);
      expect(comparable(ours.answer, "", left)).toEqual(comparable(call.answer, "", left));
    },
  );

  test("leave the same rows, ids and times apart", () => {
    const theirs = rowsThatTheyLeft();
    const left = new Set(["model", "modelProvider", "sessionStartedAt", "compactionCount"]);
    for (const agentId of ["main", "work"]) {
      const ours = rowsOf(fs, `${stateDir}/agents/${agentId}/sessions`);
      const keys = [...theirs.keys()].filter((key) => key.startsWith(`agent:${agentId}:`));
      expect(Object.keys(ours).toSorted()).toEqual(keys.toSorted());
      for (const key of keys)
        expect(comparable(jsonOf(ours[key]), "", left)).toEqual(
          comparable(theirs.get(key) ?? null, "", left),
        );
    }
  });

  test("call 63 removes six sessions there, and none here", async () => {
    const call = calls[lastComparable];
    const before = allRows();
    expect(call?.params).toEqual({ allAgents: true, enforce: true, fixMissing: true });
    const ours = await methods.answer("sessions.cleanup", call?.params);
    expect(ours).toMatchObject({
      ok: true,
      payload: { allAgents: true, stores: [{ missing: 0 }, { missing: 0 }] },
    });
    expect(allRows()).toEqual(before);
  });

  test.each(calls.slice(63, 65).map((call) => [call.number, call] as const))(
    "call %i is refused as well",
    async (_, call) => {
      const { ok, answer } = await play(call);
      expect([ok, answer["code"]]).toEqual([call.ok, call.answer["code"]]);
    },
  );

  test("every answer fits the schema of its method", () => {
    for (const { call, ok, answer } of played.filter((one) => one.ok)) {
      expect(methods.methods.get(call.method)?.result.safeParse(answer).success, `${call.number} ${ok}`).toBe(
        true,
      );
    }
  });

  test("each difference is a row of docs/differences.md, and each is seen", () => {
    const page = readFileSync(join(fixturesDir, "..", "docs", "differences.md"), "utf8");
    const section = page.slice(page.indexOf("## The methods of a gateway"));
    const named = [...section.matchAll(/^\| ([a-z][a-z-]+) +\|/gm)]
      .map(([, name]) => name)
      .filter((name) => name !== "name");
    expect(named.toSorted()).toEqual(differences.map(({ name }) => name).toSorted());
  });
});

function allRows(): readonly object[] {
  return ["main", "work"].map((agentId) => rowsOf(fs, `${stateDir}/agents/${agentId}/sessions`));
}

function jsonOf(value: unknown): JsonValue {
  const json: JsonValue = JSON.parse(JSON.stringify(value));
  return json;
}

/** The last row that they told of each key, without those that they deleted. */
function rowsThatTheyLeft(): ReadonlyMap<string, JsonValue> {
  const rows = new Map<string, JsonValue>();
  for (const { ok, method, answer } of calls.slice(0, lastComparable)) {
    const { key, entry, deleted } = answer;
    if (!ok || typeof key !== "string") continue;
    if (isJsonObject(entry)) rows.set(key, entry);
    if (method === "sessions.delete" && deleted === true) rows.delete(key);
  }
  return rows;
}
