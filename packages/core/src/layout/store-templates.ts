import type { Host } from "../disk/host.ts";
import { StoreError } from "../store-error.ts";
import type { SessionSettings } from "./session-settings.ts";
import { defaultStoreTemplate, type StoreTemplate, storeTemplateOf } from "./store-template.ts";

/** Where stores may be. */
export interface StoreTemplates {
  /** Where the settings put the stores of configured agents. */
  readonly inForce: StoreTemplate;
  /** Where stores of agents that are only on the disk may be; none of them is shared. */
  readonly onDisk: readonly StoreTemplate[];
}

/** Throws a StoreError E_CONFIG if `session.store` is there and can't be used: the default path would be another store. */
export function storeTemplatesOf(host: Host, settings: SessionSettings, stateDir: string): StoreTemplates {
  requireUsableStorePath(settings);
  const standard = defaultStoreTemplate(stateDir);
  if (settings.storeTemplate === undefined) return { inForce: standard, onDisk: [standard] };
  const inForce = storeTemplateOf(host, settings.storeTemplate);
  const isOther = !inForce.shared && inForce.path !== standard.path;
  return { inForce, onDisk: isOther ? [standard, inForce] : [standard] };
}

function requireUsableStorePath({ findings, path = "openclaw.json" }: SessionSettings): void {
  const broken = findings.find(
    ({ severity, place }) => severity === "error" && place.field === "session.store",
  );
  if (broken === undefined) return;
  throw new StoreError(
    "E_CONFIG",
    `session.store in ${path} does not tell where the stores are. Nothing was changed.`,
    {
      hint: "Write a path there, or name an index with --store.",
      details: { path, finding: broken.id },
    },
  );
}
