import { StoreError } from "@sessionsmith/core";
import { findGateway } from "@sessionsmith/core/engine";
import type { RunningGateway } from "@sessionsmith/core/engine";
import type { State } from "./choose-stores.ts";
import type { CliIo } from "./io.ts";

/**
 * Holds back whatever changes a store while OpenClaw's gateway is running on it: the gateway keeps rows in memory, and may
 * write them back.
 * @param hint what the operator can do about it
 * @throws StoreError E_LOCKED
 */
export async function requireNoGateway(
  snapshot: Parameters<typeof findGateway>[1],
  { host, settings, stateDir, io }: State & { readonly io: CliIo },
  hint: string,
): Promise<void> {
  const place = { stateDir, port: settings.gatewayPort, probe: io.probePort };
  const gateway = await findGateway(host, snapshot, place);
  if (gateway === undefined) return;
  const { indexPath } = snapshot.target;
  throw new StoreError(
    "E_LOCKED",
    `A gateway is running on ${indexPath}: ${signText(gateway)}. Nothing was changed.`,
    { hint, details: { path: indexPath, ...gateway } },
  );
}

/** The hint where `--while-running` exists. */
export const whileRunningHint =
  "Stop the gateway, or add --while-running: then what it has locked stays, and the result is read again afterwards.";

function signText(gateway: RunningGateway): string {
  return gateway.sign === "port"
    ? `port ${gateway.port} answers on this machine`
    : `${gateway.path} is held by a live process`;
}
