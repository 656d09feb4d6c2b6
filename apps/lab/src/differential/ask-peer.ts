import { join, relative } from "node:path";
import type { CaseOutcome, CleanupCase } from "./cleanup-case.ts";
import { readKeys } from "./read-keys.ts";
import type { Peer } from "./start-peer.ts";

/** Lets the peer look at a state directory, and then do what it is told. */
export async function askPeer(
  peer: Peer,
  stateDir: string,
  { sketch, order }: CleanupCase,
): Promise<CaseOutcome> {
  const { now } = sketch;
  const options = order.store === undefined ? order : { ...order, store: join(stateDir, order.store) };
  const preview = await peer.ask({ stateDir, now, options: { ...options, dryRun: true } });
  const run = await peer.ask({ stateDir, now, options: { ...options } });
  if (run.state === "refused") return run;
  if (preview.state !== "done")
    return { state: "refused", why: preview.state === "refused" ? preview.why : "nothing" };
  return {
    state: "done",
    stores: preview.stores.map(({ storePath, actions }) => ({
      index: relative(stateDir, storePath),
      actions,
      left: readKeys(storePath),
    })),
  };
}
