import { type ContentSource, type FileFact, fileIdentity, type Step } from "@sessionsmith/core";

/** What takes the place of a transcript, and what is set aside of it. */
export interface Replacement {
  readonly name: string;
  readonly content: ContentSource;
  /** The name of the side file; undefined if there can be none. */
  readonly aside: string | undefined;
  /** Undefined if nothing is set aside. */
  readonly asideContent: ContentSource | undefined;
}

/**
 * The steps that replace a transcript as a whole, with the mode and the time that it has. The side file comes first, so that nothing is
 * ever only in the trash that can be read by hand.
 */
export function replacingSteps(
  fact: FileFact,
  { name, content, aside, asideContent }: Replacement,
  reason: string,
): readonly Step[] {
  const common = { kind: "write-file", mode: fact.mode, mtimeNs: String(fact.mtimeNs), reason } as const;
  const mended: Step = { ...common, phase: "switch", name, content, replaces: fileIdentity(fact) };
  if (asideContent === undefined || aside === undefined) return [mended];
  return [{ ...common, phase: "create", name: aside, content: asideContent, replaces: null }, mended];
}
