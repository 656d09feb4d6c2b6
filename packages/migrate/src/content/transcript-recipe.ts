import {
  type JsonObject,
  type ReadableFile,
  renderTranscript,
  type TranscriptFrame,
} from "@sessionsmith/core";
import { isJsonObject } from "@sessionsmith/core";
import { type LegacyContent, readItems } from "../read/read-items.ts";

/** The name by which a plan asks for {@link transcriptRecipe}. */
export const transcriptRecipeName = "legacy-transcript";

/** What the recipe is told, as JSON. */
export interface TranscriptParams extends TranscriptFrame, LegacyContent {}

/** The parameters of a plan's step. A plan has as many as sessions, so they are made as one small object. */
export function transcriptParams(params: TranscriptParams): JsonObject {
  const { form, session, sessionId, startedAt, naiveZone, cwd, provenance } = params;
  return session === undefined
    ? { form, sessionId, startedAt, naiveZone, cwd, provenance }
    : { form, session, sessionId, startedAt, naiveZone, cwd, provenance };
}

/** Makes a transcript from one legacy file, streaming. Pure: the same file and parameters make the same bytes. */
export function* transcriptRecipe(
  [file]: Iterable<ReadableFile>,
  params: JsonObject,
): Generator<Uint8Array, void> {
  if (file === undefined) throw new Error("the recipe needs one input");
  const told = readParams(params);
  yield* renderTranscript(readItems(file, told), told);
}

function readParams({
  form,
  session,
  sessionId,
  startedAt,
  naiveZone,
  cwd,
  provenance,
}: JsonObject): TranscriptParams {
  const isSound =
    (form === "json" || form === "lines" || form === "text" || form === "log" || form === "clodds") &&
    (session === undefined || typeof session === "string") &&
    typeof sessionId === "string" &&
    typeof startedAt === "number" &&
    typeof naiveZone === "string" &&
    typeof cwd === "string" &&
    isJsonObject(provenance);
  if (!isSound) throw new Error("the parameters of a transcript recipe are not sound");
  return { form, session, sessionId, startedAt, naiveZone, cwd, provenance };
}
