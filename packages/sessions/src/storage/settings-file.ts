import { join } from "node:path";
import {
  fileIdentity,
  isJsonObject,
  type JsonObject,
  lookOrFail,
  type ReadFs,
  readWholeFile,
  StoreError,
} from "@sessionsmith/core";
import type { SessionsChange } from "../change/sessions-change.ts";
import type { StorageLook } from "./storage-look.ts";

/** Where the settings of a manager lie, relative to the sessions directory. */
const settingsName = ".sessionsmith/manager.json";
const limitBytes = 65_536;

/**
 * Reads what a session manager was told to remember of its store: an empty object if nothing.
 * @param realDir the sessions directory with links resolved
 * @throws StoreError E_CONFIG if the file is there and can't be understood, E_IO if it can't be read
 */
export function readManagerSettings(fs: ReadFs, realDir: string): JsonObject {
  const path = join(realDir, settingsName);
  const file = lookOrFail("E_IO", path, () => readWholeFile(fs, path, limitBytes));
  if (file.state === "absent") return {};
  const value = file.state === "read" ? parse(file.bytes.toString("utf8")) : undefined;
  if (isJsonObject(value)) return value;
  throw new StoreError("E_CONFIG", `${path} does not hold the settings of a session manager.`, {
    hint: "Move the file away; what was set with /session has to be set again.",
    details: { path },
  });
}

/** What writing the settings of a manager does. */
export function writeSettingsChange(
  { host, snapshot, now }: StorageLook,
  settings: JsonObject,
): SessionsChange {
  const present = host.fs.lstat(join(snapshot.realDir, settingsName));
  const content = { source: "inline", text: `${JSON.stringify(settings, null, 2)}\n` } as const;
  const step = { kind: "write-file", name: settingsName, content, mode: 0o600, reason: "settings" } as const;
  const write =
    present === undefined
      ? ({ ...step, phase: "create", replaces: null } as const)
      : ({ ...step, phase: "switch", replaces: fileIdentity(present) } as const);
  return { command: "session settings", policy: settings, now, turns: new Map(), writes: [write] };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
