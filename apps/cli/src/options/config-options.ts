import type { FlagSpec } from "./option-spec.ts";

/** Where each value stands. */
export const showOriginOption: FlagSpec = {
  kind: "flag",
  flags: "--show-origin",
  description: "show the path of the file, or the variable, that each value comes from",
};
