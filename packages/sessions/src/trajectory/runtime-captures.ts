import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  readEntryObject,
  readEntryText,
} from "@sessionsmith/core";
import type { TrajectoryEvent } from "./trajectory-event.ts";

/** What runtime events tell beside the events themselves; undefined if they do not. */
export interface RuntimeCaptures {
  readonly metadata: JsonObject | undefined;
  readonly artifacts: JsonObject | undefined;
  readonly prompts: JsonObject | undefined;
  readonly systemPrompt: string | undefined;
  readonly tools: readonly JsonValue[] | undefined;
}

/** Takes the last word of each kind of event. @param frame what every capture begins with */
export function runtimeCaptures(events: readonly TrajectoryEvent[], frame: JsonObject): RuntimeCaptures {
  const last = (type: string): JsonObject | undefined => {
    const data = events.findLast(({ fields }) => fields["type"] === type)?.fields["data"];
    return isJsonObject(data) ? data : undefined;
  };
  const context = last("context.compiled");
  const metadata = last("trace.metadata");
  const ended = last("session.ended");
  const artifacts = [ended, last("model.completed"), last("trace.artifacts")].filter(
    (one) => one !== undefined,
  );
  const systemPrompt = context && readEntryText(context, "systemPrompt");
  const prompts = promptsOf(events, {
    systemPrompt,
    prompting: metadata && readEntryObject(metadata, "prompting"),
  });
  const tools = context?.["tools"];
  return {
    metadata: metadata && { ...frame, ...metadata },
    artifacts:
      artifacts.length === 0
        ? undefined
        : { ...frame, ...statusOf(ended), ...Object.assign({}, ...artifacts) },
    prompts: prompts && { ...frame, ...prompts },
    systemPrompt,
    tools: Array.isArray(tools) ? tools : undefined,
  };
}

function statusOf(ended: JsonObject | undefined): JsonObject {
  const status = ended?.["status"];
  return status === undefined ? {} : { finalStatus: status };
}

function promptsOf(
  events: readonly TrajectoryEvent[],
  { systemPrompt, prompting }: { systemPrompt: string | undefined; prompting: JsonObject | undefined },
): JsonObject | undefined {
  const submitted = events.flatMap(({ fields }) => {
    const data = fields["type"] === "prompt.submitted" ? fields["data"] : undefined;
    return (isJsonObject(data) ? readEntryText(data, "prompt") : undefined) ?? [];
  });
  const skillsPrompt = prompting && readEntryText(prompting, "skillsPrompt");
  if (systemPrompt === undefined && submitted.length === 0 && skillsPrompt === undefined) return undefined;
  const report = prompting && readEntryObject(prompting, "systemPromptReport");
  return {
    ...(systemPrompt === undefined ? {} : { system: systemPrompt }),
    submittedPrompts: submitted,
    ...(submitted.length === 0 ? {} : { latestSubmittedPrompt: submitted.at(-1) ?? null }),
    ...(skillsPrompt === undefined ? {} : { skillsPrompt }),
    ...(report === undefined ? {} : { systemPromptReport: report }),
  };
}
