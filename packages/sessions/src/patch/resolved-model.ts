import { type JsonObject, parseSessionKey, readEntryText, type SessionSettings } from "@sessionsmith/core";
import { sessionModel } from "../session-model.ts";

/** The model that the next run uses, as far as the row and the settings say. */
export interface ResolvedModel {
  readonly modelProvider?: string;
  readonly model?: string;
}

/** What a row and the settings of its agent choose; what the last run used does not count. */
export function resolvedModel(
  entry: JsonObject,
  key: string,
  { settings, target }: { readonly settings: SessionSettings; readonly target: { readonly agentId: string } },
): ResolvedModel {
  const agentId = parseSessionKey(key).agentId ?? target.agentId;
  const agent = settings.agents.find(({ id }) => id === agentId);
  const chosen = Object.fromEntries(
    ["providerOverride", "modelOverride"].flatMap((field) => {
      const text = readEntryText(entry, field);
      return text === undefined ? [] : [[field, text]];
    }),
  );
  const { model, provider } = sessionModel(chosen, agent);
  return {
    ...(provider === undefined ? {} : { modelProvider: provider }),
    ...(model === undefined ? {} : { model }),
  };
}
