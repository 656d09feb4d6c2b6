import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { relative } from "node:path";
import {
  type ContentSource,
  fileIdentity,
  type JsonValue,
  parseSettings,
  readWholeFile,
  scanProtectedStore,
  setJson5Member,
  StoreError,
  type WriteFileStep,
} from "@sessionsmith/core";
import { applyChange, type ChangeOptions, type SettledChange } from "../change/apply-change.ts";
import { type Answered, type ChangeFrame, changeFrame } from "../change/change-frame.ts";
import { emptySnapshot } from "../change/empty-snapshot.ts";
import type { StoreScope } from "../change/store-scope.ts";

/** A setting that is to be written into our own settings file. */
export interface SettingOrder {
  /** Absolute path of `sessionsmith.json5`. */
  readonly file: string;
  /** Dotted path of the setting; that it exists and takes the value is for the caller to check. */
  readonly path: string;
  readonly value: JsonValue;
}

/** What came of it. */
export interface SettingAnswer extends ChangeFrame {
  readonly ok: true;
  readonly key: string;
  readonly value: JsonValue;
  readonly file: string;
}

const limitBytes = 2 ** 20;

/**
 * Writes a setting into our own settings file, and leaves every other character of it as it is. The operation belongs to the store of
 * the scope, which keeps what the file was before; the store is made if it is not there.
 * @throws StoreError E_REFUSED if the file is no regular file of its own; E_CONFIG if it can't be read, or is no JSON5 object; and as
 * `applyChange` does
 */
export async function changeSetting(
  scope: StoreScope,
  order: SettingOrder,
  options: ChangeOptions = {},
): Promise<Answered<SettingAnswer>> {
  const applied = await applyChange(scope, () => settle(scope, order), { ...options, create: true });
  const { path, value, file } = order;
  return { answer: { ok: true, key: path, value, file, ...changeFrame(applied) }, applied };
}

function settle(
  { host, target, settings, stateDir }: StoreScope,
  { file, path, value }: SettingOrder,
): SettledChange<undefined> {
  const now = host.clock.now();
  // Values that are not understood must not stand in the way of the command that mends them.
  const snapshot =
    emptySnapshot(host, target) ?? scanProtectedStore(host, target, { settings, stateDir, nowMs: now });
  const before = readFile(host.fs, file);
  const given = before?.text ?? "";
  if (given.trim() !== "") parseSettings(given, file);
  const text = setJson5Member(given, path.split("."), value);
  const base = { kind: "write-file", name: relative(snapshot.realDir, file), reason: "config" } as const;
  const step: WriteFileStep =
    before === undefined
      ? { ...base, phase: "create", content: { source: "inline", text }, mode: 0o600, replaces: null }
      : { ...base, phase: "switch", content: edited(file, before, text), ...before.as };
  const writes = text === before?.text ? [] : [step];
  return {
    snapshot,
    change: { command: "config", policy: { key: path }, now, turns: new Map(), writes },
    about: undefined,
  };
}

interface FileBefore {
  readonly text: string;
  readonly bytes: Buffer;
  readonly as: Pick<WriteFileStep, "mode" | "replaces">;
}

function readFile(fs: StoreScope["host"]["fs"], path: string): FileBefore | undefined {
  const fact = fs.lstat(path);
  if (fact === undefined) return undefined;
  if (fact.kind !== "file" || fact.nlink > 1)
    throw new StoreError("E_REFUSED", `${path} is a link, or has further names. Nothing was changed.`, {
      hint: "Change the file that it leads to by hand.",
      details: { path },
    });
  const read = readWholeFile(fs, path, limitBytes);
  if (read.state === "absent") return undefined;
  if (read.state !== "read" || !isUtf8(read.bytes))
    throw new StoreError("E_CONFIG", `The settings file ${path} can't be edited. Nothing was changed.`, {
      hint: `It has to be UTF-8 of at most ${limitBytes} bytes.`,
      details: { path },
    });
  const { bytes } = read;
  const as = { mode: read.fact.mode, replaces: fileIdentity(read.fact) };
  return { text: bytes.toString("utf8"), bytes, as };
}

/** The whole file anew: what stands in it is small. */
function edited(path: string, { bytes }: FileBefore, text: string): ContentSource {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const edits = [{ at: 0, remove: bytes.length, insert: text }];
  return { source: "splice", path, size: bytes.length, sha256, edits };
}
