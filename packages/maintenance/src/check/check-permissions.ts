import { join } from "node:path";
import { finding, type Finding } from "@sessionsmith/core";
import { wantedDirMode, wantedFileMode } from "../repair/permissions/wanted-mode.ts";
import type { StoreCheck } from "./check-input.ts";

/** Looks whether others than the owner may read the store. */
export const checkPermissions: StoreCheck = ({ survey, facts }) => {
  if (facts === undefined) return [];
  const { realDir, target, files } = survey;
  const { dirMode, indexMode } = facts;
  const found: Finding[] = [];
  if (dirMode !== undefined && wantedDirMode(dirMode) !== dirMode)
    found.push(finding("directory-mode-open", { path: realDir }, { mode: octal(dirMode) }));
  const open = [...files.values()].filter(
    ({ nameClass, fact }) =>
      nameClass.kind !== "foreign" && fact.kind === "file" && wantedFileMode(fact.mode) !== fact.mode,
  );
  const paths = open.map(({ name, fact }) => [join(realDir, name), fact.mode] as const);
  const index =
    indexMode === undefined || wantedFileMode(indexMode) === indexMode
      ? []
      : [[target.indexPath, indexMode] as const];
  for (const [path, mode] of [...index, ...paths])
    found.push(finding("file-mode-open", { path }, { mode: octal(mode) }));
  return found;
};

function octal(mode: number): string {
  return mode.toString(8).padStart(4, "0");
}
