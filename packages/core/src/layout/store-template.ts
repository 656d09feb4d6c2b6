import { join } from "node:path";
import type { Host } from "../disk/host.ts";
import { defaultIndexName } from "./classify-file-name.ts";
import { absolutePath } from "./home-path.ts";

/** Stands for the agent id in a `session.store`. */
export const agentPlaceholder = "{agentId}";

/** Where stores are: the path of an index with `{agentId}` in the place of the agent. Absolute and normalised. */
export interface StoreTemplate {
  readonly path: string;
  /** True if the path does not depend on the agent. */
  readonly shared: boolean;
}

/** The template that holds without `session.store`. */
export function defaultStoreTemplate(stateDir: string): StoreTemplate {
  return { path: join(stateDir, "agents", agentPlaceholder, "sessions", defaultIndexName), shared: false };
}

/** `session.store` made absolute: a leading `~` is the home directory, a relative path starts from `host.cwd`. */
export function storeTemplateOf(host: Host, text: string): StoreTemplate {
  return { path: absolutePath(host, text), shared: !text.includes(agentPlaceholder) };
}

/** The path of the index of one agent. `agentId` is a normalised id, or a name found on the disk. */
export function indexPathOf(template: StoreTemplate, agentId: string): string {
  return template.path.replaceAll(agentPlaceholder, () => agentId);
}
