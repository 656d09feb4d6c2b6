import type { Host } from "../disk/host.ts";
import { StoreError } from "../store-error.ts";
import { readEra } from "./read-era.ts";
import type { StoreTarget } from "./store-target.ts";

/**
 * Holds back whatever changes a store whose sessions live, or may live, in OpenClaw's database: an index that reappears
 * beside it would overwrite newer rows.
 * @throws StoreError E_SQLITE_ERA
 */
export function requireJsonEra({ fs }: Pick<Host, "fs">, target: StoreTarget): void {
  const { era, why } = readEra(fs, target);
  if (era === "json" || era === "empty") return;
  throw new StoreError(
    "E_SQLITE_ERA",
    `${target.indexPath} is not to be touched: ${why} Nothing was changed.`,
    {
      hint:
        era === "unknown"
          ? "Put right what stands in the way first: nothing is changed as long as OpenClaw may keep these sessions in a database."
          : "OpenClaw keeps these sessions in its database; its own `openclaw sessions cleanup` looks after them.",
      details: { path: target.indexPath, era },
    },
  );
}
