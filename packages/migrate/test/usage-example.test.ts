import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { nodeHost } from "@sessionsmith/core";
import { applyPlan, nodeEngineHost } from "@sessionsmith/core/engine";
import { fixturesDir, makeTempDir } from "@sessionsmith/testkit";
import { expect, onTestFinished, test } from "vitest";
import { migrationRecipes as recipes, planMigration } from "../src/plan-migration.ts";

function openClawHome() {
  const temp = makeTempDir();
  onTestFinished(temp.dispose);
  const home = join(temp.path, ".openclaw");
  cpSync(join(fixturesDir, "legacy/openclaw-python-ws1/before"), home, { recursive: true });
  return { home, host: nodeEngineHost({ ...nodeHost(), env: {}, homeDir: temp.path }) };
}

test("migrate old data: the sessions of ~/.openclaw, for agent main", async () => {
  const { home, host } = openClawHome();
  const replan = () => planMigration(host, { workspace: home, agentId: "main" }).plan;
  const { operationId } = await applyPlan(host, replan(), { recipes, create: true, replan });
  expect(operationId).toBeDefined();
  const index = JSON.parse(readFileSync(join(home, "agents/main/sessions/sessions.json"), "utf8"));
  expect(Object.keys(index)).toHaveLength(15);
  expect(index["agent:main:main"].sessionId).toBe("6edb5d54-e604-45c4-9d48-59eb70ed8050");
});
