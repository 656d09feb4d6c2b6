import type { AgentSettings, JsonObject } from "@sessionsmith/core";
import { expect, test } from "vitest";
import { sessionModel } from "../src/session-model.ts";

const agent: AgentSettings = { id: "main", model: "anthropic/claude/x", contextTokens: undefined };

test.each<[string, JsonObject, readonly [model: string | undefined, provider: string | undefined]]>([
  ["what ran last", { model: "gpt-5", modelProvider: "openai", modelOverride: "other" }, ["gpt-5", "openai"]],
  ["what ran last is never split", { model: "meta/llama" }, ["meta/llama", undefined]],
  ["what it is set to", { modelOverride: "gpt-5", providerOverride: "openai" }, ["gpt-5", "openai"]],
  ["set with its provider in one text", { modelOverride: "openai/gpt-5" }, ["gpt-5", "openai"]],
  ["the agent's, cut at the first slash", {}, ["claude/x", "anthropic"]],
  ["a blank model says nothing", { model: " ", modelProvider: "openai" }, ["claude/x", "anthropic"]],
  ["a model of another type says nothing", { model: 7 }, ["claude/x", "anthropic"]],
])("%s", (_, entry, [model, provider]) => {
  expect(sessionModel(entry, agent)).toStrictEqual({ model, provider });
});

test.each([
  [undefined, undefined],
  ["gpt-5", "gpt-5"],
  ["/gpt-5", "/gpt-5"],
])("settings %s without a provider", (model, expected) => {
  expect(sessionModel({}, { ...agent, model })).toStrictEqual({ model: expected, provider: undefined });
});

test("an agent that is not configured has no model of its own", () => {
  expect(sessionModel({}, undefined)).toStrictEqual({ model: undefined, provider: undefined });
});
