import { type FieldChanges, type JsonValue, readEntryText } from "@sessionsmith/core";
import { badPatch, type PatchedRow, textOf } from "./patch-rule.ts";

/** Fields that speak of the model that was chosen before, or that a fallback put in its place. */
const formerChoice = [
  "modelOverrideFallbackOriginProvider",
  "modelOverrideFallbackOriginModel",
  "fallbackNoticeSelectedModel",
  "fallbackNoticeActiveModel",
  "fallbackNoticeReason",
  "authProfileOverride",
  "authProfileOverrideSource",
  "authProfileOverrideCompactionCount",
] as const;

const lastRun = ["model", "modelProvider", "contextTokens"] as const;

/**
 * The model as the user chose it, `provider/model`, or a model alone; null goes back to that of the settings. What the last run
 * used goes with it, and a running session is told to change over.
 */
export function modelRule(value: JsonValue, { entry }: PatchedRow): FieldChanges {
  const changes = new Map<string, JsonValue | undefined>();
  for (const field of formerChoice) changes.set(field, undefined);
  if (value === null) {
    for (const field of ["providerOverride", "modelOverride", "modelOverrideSource"])
      changes.set(field, undefined);
    const wasChosen = readEntryText(entry, "modelOverride") !== undefined;
    if (wasChosen) changes.set("liveModelSwitchPending", true);
    return wasChosen ? clearLastRun(changes) : changes;
  }
  const { provider, model } = splitModel(textOf("model")(value));
  changes.set("providerOverride", provider);
  changes.set("modelOverride", model);
  changes.set("modelOverrideSource", "user");
  changes.set("liveModelSwitchPending", true);
  return readEntryText(entry, "model") === model ? changes : clearLastRun(changes);
}

function clearLastRun(changes: Map<string, JsonValue | undefined>): FieldChanges {
  for (const field of lastRun) changes.set(field, undefined);
  return changes;
}

function splitModel(name: string): { readonly provider: string | undefined; readonly model: string } {
  const slash = name.indexOf("/");
  if (slash < 0) return { provider: undefined, model: name };
  const [provider, model] = [name.slice(0, slash).trim(), name.slice(slash + 1).trim()];
  if (provider === "" || model === "")
    throw badPatch("invalid model (use provider/model)", { field: "model" });
  return { provider, model };
}
