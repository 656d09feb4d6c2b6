import { type AgentSettings, type JsonObject, readEntryText } from "@sessionsmith/core";

/** A model and who provides it, as far as they are known. */
export interface SessionModel {
  readonly model: string | undefined;
  readonly provider: string | undefined;
}

/**
 * The model of a session: what its last run used, else what it is set to, else what the settings give its agent.
 * The latter two may be written `provider/model`. OpenClaw 2026.5.28 looks in the same order; its built-in default, which
 * comes last there, is left out. A provider without a model says nothing.
 */
export function sessionModel(entry: JsonObject, agent: AgentSettings | undefined): SessionModel {
  const lastRun = textOf(entry, "model");
  if (lastRun !== undefined) return { model: lastRun, provider: textOf(entry, "modelProvider") };
  const override = textOf(entry, "modelOverride");
  if (override === undefined) return splitModel(agent?.model);
  const provider = textOf(entry, "providerOverride");
  return provider === undefined ? splitModel(override) : { model: override, provider };
}

function splitModel(name: string | undefined): SessionModel {
  const slash = name?.indexOf("/") ?? -1;
  if (name === undefined || slash < 1) return { model: name, provider: undefined };
  return { model: name.slice(slash + 1), provider: name.slice(0, slash) };
}

function textOf(entry: JsonObject, field: string): string | undefined {
  const text = readEntryText(entry, field)?.trim();
  return text === "" ? undefined : text;
}
