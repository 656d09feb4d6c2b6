import { describe, expect, test } from "vitest";
import type { Finding } from "../../src/findings/finding.ts";
import type { JsonValue } from "../../src/json-value.ts";
import { readAgents } from "../../src/layout/read-agents.ts";

function read(members: Readonly<Record<string, JsonValue>>) {
  const findings: Finding[] = [];
  const found = readAgents({ path: "agents", members }, { file: "/openclaw.json", findings });
  return {
    ids: found.agents.map(({ id }) => id),
    ...found,
    findings: findings.map(({ id, severity, place }) => `${severity} ${id} ${place.field ?? ""}`),
  };
}

describe("readAgents", () => {
  test.each([
    ["no list", {}, ["main"], "main"],
    ["an empty list", { list: [] }, ["main"], "main"],
    ["the first without a mark", { list: [{ id: "work" }, { id: "main" }] }, ["work", "main"], "work"],
    [
      "the first with a mark",
      { list: [{ id: "a" }, { id: "b", default: true }, { id: "c", default: true }] },
      ["a", "b", "c"],
      "b",
    ],
    ["a mark that is false", { list: [{ id: "a" }, { id: "b", default: false }] }, ["a", "b"], "a"],
    ["ids made valid", { list: [{ id: " Work " }, { id: "My Agent!" }] }, ["work", "my-agent"], "work"],
  ])("%s", (_, members, ids, defaultAgentId) => {
    expect(read(members)).toMatchObject({ ids, defaultAgentId, findings: [] });
  });

  test("without a list, main takes the defaults", () => {
    const { agents } = read({ defaults: { model: "gpt-5", contextTokens: 200_000 } });
    expect(agents).toEqual([{ id: "main", model: "gpt-5", contextTokens: 200_000 }]);
  });

  test("fills in the model and the context window from the defaults", () => {
    const { agents, findings } = read({
      defaults: { model: { primary: "gpt-5", fallbacks: [] }, contextTokens: 200_000 },
      list: [
        { id: "a" },
        { id: "b", model: "opus", contextTokens: 1000 },
        { id: "c", model: { primary: "small" } },
      ],
    });
    expect(agents).toEqual([
      { id: "a", model: "gpt-5", contextTokens: 200_000 },
      { id: "b", model: "opus", contextTokens: 1000 },
      { id: "c", model: "small", contextTokens: 200_000 },
    ]);
    expect(findings).toEqual([]);
  });

  test.each([
    [{ list: [{ name: "x" }] }, "error settings-invalid-value agents.list[0].id"],
    [{ list: [{ id: 7 }] }, "error settings-invalid-value agents.list[0].id"],
    [{ list: [{ id: "" }] }, "error settings-invalid-value agents.list[0].id"],
  ])("an agent without a usable id is left out: %j", (members, finding) => {
    expect(read(members)).toMatchObject({ ids: ["main"], defaultAgentId: "main", findings: [finding] });
  });

  test("a mark that is no boolean is an error", () => {
    expect(read({ list: [{ id: "a" }, { id: "b", default: "yes" }] })).toMatchObject({
      defaultAgentId: "a",
      findings: ["error settings-invalid-value agents.list[1].default"],
    });
  });

  test("of two agents with the same id the first counts", () => {
    expect(
      read({
        list: [
          { id: "Work", model: "x" },
          { id: "work", default: true },
        ],
      }),
    ).toMatchObject({
      agents: [{ id: "work", model: "x" }],
      defaultAgentId: "work",
      findings: ["warning settings-duplicate-agent agents.list[1].id"],
    });
  });

  test("what is only shown is a warning, not an error", () => {
    const { agents, findings } = read({
      defaults: { model: 7, contextTokens: 0 },
      list: [{ id: "a", model: {}, contextTokens: "200k" }],
    });
    expect(agents).toEqual([{ id: "a", model: undefined, contextTokens: undefined }]);
    expect(findings).toEqual([
      "warning settings-value-left-out agents.defaults.model",
      "warning settings-value-left-out agents.defaults.contextTokens",
      "warning settings-value-left-out agents.list[0].model",
      "warning settings-value-left-out agents.list[0].contextTokens",
    ]);
  });
});
