import { finding } from "@sessionsmith/core";
import type { StoreCheck } from "./check-input.ts";

/** Tells which rows name a transcript that is gone, although theirs is here. What leads elsewhere altogether the scan tells. */
export const checkPaths: StoreCheck = ({ survey: { snapshot }, facts }) => {
  if (snapshot === undefined || facts === undefined) return [];
  const path = snapshot.target.indexPath;
  return [...facts.stalePointers].flatMap(([key, { why }]) =>
    why === "session-file-stale" ? [finding(why, { path, key, field: "sessionFile" })] : [],
  );
};
