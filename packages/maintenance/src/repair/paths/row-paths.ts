import { isJsonObject, type JsonObject, type JsonValue } from "@sessionsmith/core";

/** Fields of a row that hold one path (OpenClaw 2026.5.28 store format). */
const pathFields = ["sessionFile", "spawnedWorkspaceDir", "spawnedCwd"] as const;

/**
 * The fields of a row in which paths change, with their new values: its own, those of its checkpoints, and those of the program that it
 * runs.
 * @param newPathOf the new path, or undefined if it stays
 */
export function changedPaths(
  entry: JsonObject,
  newPathOf: (path: string) => string | undefined,
): Readonly<Record<string, JsonValue>> {
  const fields: Record<string, JsonValue> = {};
  const take = (name: string, value: JsonValue | undefined): void => {
    if (value !== undefined) fields[name] = value;
  };
  for (const name of pathFields) take(name, changedText(entry[name], newPathOf));
  take("compactionCheckpoints", changedCheckpoints(entry["compactionCheckpoints"], newPathOf));
  take("acp", changedRun(entry["acp"], newPathOf));
  return fields;
}

type NewPathOf = (path: string) => string | undefined;

function changedText(value: JsonValue | undefined, newPathOf: NewPathOf): string | undefined {
  return typeof value === "string" ? newPathOf(value) : undefined;
}

/** Undefined if nothing in it changes. */
function changedCheckpoints(value: JsonValue | undefined, newPathOf: NewPathOf): JsonValue | undefined {
  if (!Array.isArray(value)) return undefined;
  const changed = value.map((one) =>
    changedIn(one, ["preCompaction", "postCompaction"], (place) =>
      changedIn(place, ["sessionFile"], (path) => changedText(path, newPathOf)),
    ),
  );
  return changed.some((one) => one !== undefined) ? value.map((one, n) => changed[n] ?? one) : undefined;
}

function changedRun(value: JsonValue | undefined, newPathOf: NewPathOf): JsonValue | undefined {
  const own = changedIn(value, ["cwd"], (path) => changedText(path, newPathOf));
  const options = changedIn(own ?? value, ["runtimeOptions"], (one) =>
    changedIn(one, ["cwd"], (path) => changedText(path, newPathOf)),
  );
  return options ?? own;
}

/** An object in which some fields change; undefined if none does. */
function changedIn(
  value: JsonValue | undefined,
  names: readonly string[],
  change: (value: JsonValue | undefined) => JsonValue | undefined,
): JsonObject | undefined {
  if (!isJsonObject(value)) return undefined;
  const changed = names.flatMap((name) => {
    const one = Object.hasOwn(value, name) ? change(value[name]) : undefined;
    return one === undefined ? [] : [[name, one] as const];
  });
  return changed.length === 0 ? undefined : { ...value, ...Object.fromEntries(changed) };
}
