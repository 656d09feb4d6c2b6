import picocolors from "picocolors";

/** Colours for a terminal; each one returns its text unchanged where colour is off. */
export type Paint = ReturnType<typeof picocolors.createColors>;

/** Colours that are on or off for the whole run; the environment was asked before. */
export function createPaint(enabled: boolean): Paint {
  return picocolors.createColors(enabled);
}
