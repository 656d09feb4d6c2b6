import { sep } from "node:path";
import type { Host } from "../disk/host.ts";
import type { ReadFs } from "../disk/read-fs.ts";
import type { PortProbe } from "../disk/port-probe.ts";
import type { StoreSnapshot } from "../snapshot/store-snapshot.ts";

/** Where a gateway could be running that owns a store. */
export interface GatewayPlace {
  /** Absolute path of OpenClaw's state directory. */
  readonly stateDir: string;
  /** `gateway.port` of the settings; `OPENCLAW_GATEWAY_PORT` in the environment wins over it. */
  readonly port: number;
  readonly probe: PortProbe;
}

/** What tells that a gateway is at work on a store. */
export type RunningGateway =
  | { readonly sign: "port"; readonly port: number }
  /** Somebody holds the lock of a transcript; absolute path of the lock file. */
  | { readonly sign: "transcript-lock"; readonly path: string };

/** How long to wait for an answer on the loopback interface. */
const answerMs = 200;

/**
 * Looks for a gateway that owns a store: one that answers on its port, or whoever holds the lock of a transcript.
 * A store that the operator named by path and that lies outside the state directory, such as a copy, is nobody's.
 * @returns `undefined` if there is none
 */
export async function findGateway(
  host: Pick<Host, "env"> & { readonly fs: Pick<ReadFs, "realpath"> },
  snapshot: Pick<StoreSnapshot, "findings" | "realDir" | "target">,
  { stateDir, port, probe }: GatewayPlace,
): Promise<RunningGateway | undefined> {
  const { findings, realDir, target } = snapshot;
  const root = host.fs.realpath(stateDir);
  const isInside = root !== undefined && realDir.startsWith(`${root}${sep}`);
  if (!isInside && target.origin === "store-flag") return undefined;
  const lock = findings.find(({ id }) => id === "transcript-lock-live")?.place.path;
  if (lock !== undefined) return { sign: "transcript-lock", path: lock };
  const asked = portOf(host.env) ?? port;
  return (await probe(asked, answerMs)) ? { sign: "port", port: asked } : undefined;
}

/** A value that is no port is passed over, as OpenClaw 2026.5.28 does it. */
function portOf(env: Host["env"]): number | undefined {
  const port = Number.parseInt(env["OPENCLAW_GATEWAY_PORT"]?.trim() ?? "", 10);
  return port > 0 && port <= 65_535 ? port : undefined;
}
