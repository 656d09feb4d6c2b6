import {
  type BareTranscript,
  convertBareTranscript,
  isJsonObject,
  type JsonObject,
  type ReadableFile,
  type Recipes,
} from "@sessionsmith/core";

/** The name by which a plan asks for a transcript of version 3 that is made of one of bare messages. */
export const bareTranscriptRecipeName = "bare-transcript";

/** The recipes that the plan of a repair names; `applyPlan` takes them. */
export const repairRecipes: Recipes = new Map([[bareTranscriptRecipeName, bareTranscriptRecipe]]);

/** What the recipe is told, as JSON. */
export function bareTranscriptParams({
  clues,
  sha256,
}: Pick<BareTranscript, "clues" | "sha256">): JsonObject {
  const { sessionId, startedAtMs, cwd = null, archivedHeader = null } = clues;
  const provenance = { dialect: "openclaw-python", sha256 };
  return { sessionId, startedAtMs, cwd, archivedHeader, provenance };
}

function* bareTranscriptRecipe(
  [file]: Iterable<ReadableFile>,
  { sessionId, startedAtMs, cwd, archivedHeader, provenance }: JsonObject,
): Generator<Uint8Array, void> {
  if (file === undefined) throw new Error("the recipe needs one input");
  const isSound =
    typeof sessionId === "string" &&
    typeof startedAtMs === "number" &&
    (cwd === null || typeof cwd === "string") &&
    (archivedHeader === null || typeof archivedHeader === "string") &&
    isJsonObject(provenance);
  if (!isSound) throw new Error("the parameters of a bare transcript are not sound");
  const known = { cwd: cwd ?? undefined, archivedHeader: archivedHeader ?? undefined };
  yield convertBareTranscript(file, { sessionId, startedAtMs, ...known }, provenance);
}
