import type { ReadFs } from "../disk/read-fs.ts";
import { finding, type Finding } from "../findings/finding.ts";
import { StoreError } from "../store-error.ts";
import { placeIndex } from "./index-link.ts";
import type { StoreTarget } from "./store-target.ts";

/** The stores that a selection means, and what was noticed on the way. */
export interface StoreTargets {
  readonly targets: readonly StoreTarget[];
  readonly findings: readonly Finding[];
}

/** A target by the path that names it, before it is known whether that is a link. */
export type NamedTarget = Omit<StoreTarget, "sessionsDir" | "linkedFrom">;

/** Finds out where a target really is. One behind a link that can't be followed safely is left out, with a finding. */
export function placeTarget(fs: ReadFs, named: NamedTarget): StoreTargets {
  const place = placeIndex(fs, named.indexPath);
  const at = { path: named.indexPath };
  if (!place.ok) {
    const details = {
      reason: place.reason,
      ...(place.leadsTo === undefined ? {} : { leadsTo: place.leadsTo }),
    };
    return { targets: [], findings: [finding("index-link-refused", at, details)] };
  }
  const { ok: _, ...where } = place;
  const findings =
    place.linkedFrom === undefined ? [] : [finding("index-link", at, { leadsTo: place.indexPath })];
  return { targets: [{ ...named, ...where }], findings };
}

/** Like {@link placeTarget}, for a target that is meant alone: throws a StoreError E_REFUSED instead of leaving it out. */
export function placeOnlyTarget(fs: ReadFs, named: NamedTarget): StoreTargets {
  const placed = placeTarget(fs, named);
  if (placed.targets.length > 0) return placed;
  const details = { path: named.indexPath, ...placed.findings[0]?.details };
  throw new StoreError(
    "E_REFUSED",
    `${named.indexPath} is a symbolic link that can't be followed safely. Nothing was changed.`,
    { hint: "Name the index that is meant with --store, or put the file in the place of the link.", details },
  );
}

/** Several results as one, in their order. */
export function mergeTargets(parts: readonly StoreTargets[]): StoreTargets {
  return {
    targets: parts.flatMap(({ targets }) => targets),
    findings: parts.flatMap(({ findings }) => findings),
  };
}
