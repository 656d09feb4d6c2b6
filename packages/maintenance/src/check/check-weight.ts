import { finding, type Finding, parseRow } from "@sessionsmith/core";
import { slimRow } from "../repair/slim/slim-row.ts";
import type { StoreCheck } from "./check-input.ts";

/** Tells which rows hold what only takes space; every row is parsed for it, so only a deep check does. */
export const checkWeight: StoreCheck = ({ survey: { snapshot }, deep, now }) => {
  if (snapshot === undefined || !deep) return [];
  const { document, target } = snapshot;
  return snapshot.rows.flatMap(({ row }): readonly Finding[] => {
    const entry = parseRow(document, row);
    const slim = entry && slimRow(entry, now);
    if (slim === undefined) return [];
    const place = { path: target.indexPath, key: row.key };
    const isStale = slim.change.cleared !== undefined;
    return [
      ...(slim.prompt === undefined
        ? []
        : [
            finding(
              "skills-prompt-inline",
              { ...place, field: "skillsSnapshot.prompt" },
              { bytes: slim.prompt.bytes },
            ),
          ]),
      ...(isStale ? [finding("prompt-report-stale", { ...place, field: "systemPromptReport" })] : []),
    ];
  });
};
