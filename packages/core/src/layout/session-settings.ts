import type { Finding } from "../findings/finding.ts";
import type { DmScope } from "../keys/dm-scope.ts";
import type { IdentityLink } from "../keys/identity-links.ts";
import type { MaintenanceSettings } from "./maintenance-settings.ts";
import type { BindingDmScope } from "./read-bindings.ts";

/** What this product takes from `openclaw.json` and from its own `sessionsmith.json5`, with defaults filled in. */
export interface SessionSettings {
  /** Absolute path of the `openclaw.json` that was read, or undefined if there is none. */
  readonly path: string | undefined;
  readonly scope: "per-sender" | "global";
  readonly dmScope: DmScope;
  /** The bindings that have a `session.dmScope`, in file order. */
  readonly bindingDmScopes: readonly BindingDmScope[];
  /** `session.identityLinks` in file order. */
  readonly identityLinks: readonly IdentityLink[];
  readonly mainKey: string;
  /** `session.store` as written, or undefined for the default path. May hold `{agentId}`. */
  readonly storeTemplate: string | undefined;
  /** At least one. */
  readonly agents: readonly AgentSettings[];
  /** The agent that is meant when none is named: the first with `default: true`, else the first, else `main`. */
  readonly defaultAgentId: string;
  readonly maintenance: MaintenanceSettings;
  /** `lease.defaultTtl` of our own file, in seconds; null for ever. */
  readonly leaseTtlSeconds: number | null;
  /** `gateway.port`: where OpenClaw's gateway answers on this machine, unless the environment says otherwise. */
  readonly gatewayPort: number;
  /** Everything that could not be used as written. An `error` here forbids whatever removes (exit 2); readers go on. */
  readonly findings: readonly Finding[];
}

/** One agent of `agents.list[]`, or `main` if there is no such list. */
export interface AgentSettings {
  /** Normalised id. */
  readonly id: string;
  /** `agents.list[].model` or `agents.defaults.model`, if it is set there. */
  readonly model: string | undefined;
  /** `agents.list[].contextTokens` or `agents.defaults.contextTokens`, if it is set there. */
  readonly contextTokens: number | undefined;
}
