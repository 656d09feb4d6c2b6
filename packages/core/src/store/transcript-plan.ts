import { fileIdentity } from "../plan/file-identity.ts";
import { type Plan, planSchemaVersion } from "../plan/plan.ts";
import { sealPlan } from "../plan/plan-digest.ts";
import type { FileDecision } from "../plan/decision.ts";
import type { Step } from "../plan/step.ts";
import type { JsonObject } from "../json-value.ts";
import { readStore } from "./read-store.ts";
import type { StoreAccess } from "./store-access.ts";

/** What is done to a transcript. */
export interface TranscriptSteps {
  readonly command: string;
  readonly realDir: string;
  readonly policy: JsonObject;
  readonly files: readonly FileDecision[];
  readonly steps: readonly Step[];
}

/** Makes a plan of steps that leave the index alone. */
export function transcriptPlan(access: StoreAccess, steps: TranscriptSteps): Plan {
  const { host, target } = access;
  const { document, identity } = readStore(access);
  const now = host.clock.now();
  const index = { sha256: document.sha256, ...fileIdentity(identity) };
  const store = {
    agentId: target.agentId,
    indexPath: target.indexPath,
    realDir: steps.realDir,
    index,
  };
  return sealPlan({
    schemaVersion: planSchemaVersion,
    command: steps.command,
    createdAt: now,
    now,
    policy: steps.policy,
    parts: [{ store, rows: [], files: steps.files, steps: steps.steps, blockedBy: [] }],
  });
}
