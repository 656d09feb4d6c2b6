import type { FlagSpec } from "./option-spec.ts";

/** Looks at every line of every transcript. */
export const deepOption: FlagSpec = {
  kind: "flag",
  flags: "--deep",
  description: "look at every line of every transcript and every field of every row",
};
