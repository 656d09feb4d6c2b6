import { createHash } from "node:crypto";
import {
  errnoOf,
  type FileFact,
  type Finding,
  finding,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type NaiveZone,
  parseLegacyTime,
  type ReadableFile,
  type ReadFs,
  readRange,
  StoreError,
} from "@sessionsmith/core";
import { type ContentSurvey, surveyContent } from "../content/survey-content.ts";
import type { LegacyBody, LegacySource } from "../legacy-source.ts";
import type { LegacyForm, LegacyTrouble } from "../read/legacy-item.ts";
import { readItems } from "../read/read-items.ts";
import type { SessionTimes, SurveyedSession } from "./surveyed-session.ts";

/** A file up to this size is read once and kept while it is looked at. */
const heldLimitBytes = 16 * 2 ** 20;

/** Reads a legacy session once: its times, its troubles, and the hash of its file. */
export function surveySession(
  fs: ReadFs,
  source: LegacySource,
  options: { readonly naiveZone: NaiveZone; readonly chain?: boolean },
): SurveyedSession {
  const { body } = source;
  if (body === undefined) return rowOnly(fs, source, options.naiveZone);
  try {
    return surveyBody(fs, source, { ...options, body });
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    return unreadableFile(source, errno);
  }
}

function surveyBody(
  fs: ReadFs,
  source: LegacySource,
  options: { readonly naiveZone: NaiveZone; readonly chain?: boolean; readonly body: LegacyBody },
): SurveyedSession {
  const { body } = options;
  const session = fs.withFile(body.path, (opened) => {
    const file = held(opened);
    const form: LegacyForm = body.form === "openclaw" ? "lines" : body.form;
    const survey = surveyContent(readItems(file, form), options);
    const unreadable = leftBecause(survey, form, file.fact.size);
    const times = timesOf(source, { survey, fact: file.fact, naiveZone: options.naiveZone });
    const troubles = unreadable === undefined ? survey.troubles : [unreadable];
    return {
      source,
      file: { size: file.fact.size, sha256: sha256Of(file) },
      survey,
      times,
      unreadable: unreadable !== undefined,
      findings: [
        ...troubles.map((trouble) => asFinding(trouble, body.path)),
        ...(unreadable === undefined ? guessFindings(source, times) : []),
      ],
    };
  });
  if (session === undefined)
    throw new StoreError("E_STALE_PLAN", `${body.path} went away while it was read. Nothing was changed.`);
  return session;
}

/** A file that the system does not let us read stops nothing else. */
function unreadableFile(source: LegacySource, errno: string): SurveyedSession {
  const survey = surveyContent([], { naiveZone: "UTC" });
  const times = { startedAt: 0, updatedAt: 0, updatedFrom: "mtime" } as const;
  const problem = `the file can't be read (${errno})`;
  const findings = [finding("legacy-unreadable", { path: source.path }, { problem, errno })];
  return { source, file: undefined, survey, times, unreadable: true, findings };
}

/** A session of which only a row is left. */
function rowOnly(fs: ReadFs, source: LegacySource, naiveZone: NaiveZone): SurveyedSession {
  const survey = surveyContent([], { naiveZone });
  const fact = fs.stat(source.path);
  if (fact === undefined)
    throw new StoreError("E_STALE_PLAN", `${source.path} went away. Nothing was changed.`);
  const times = timesOf(source, { survey, fact, naiveZone });
  return {
    source,
    file: undefined,
    survey,
    times,
    unreadable: false,
    findings: guessFindings(source, times),
  };
}

/** A small file is kept in memory, so that it is read once. */
function held(file: ReadableFile): ReadableFile {
  if (file.fact.size > heldLimitBytes) return file;
  const bytes = readRange(file, 0, file.fact.size);
  return { fact: file.fact, read: (into, position) => bytes.copy(into, 0, position) };
}

function sha256Of(file: ReadableFile): string {
  const hash = createHash("sha256");
  for (let at = 0; at < file.fact.size;) {
    const chunk = readRange(file, at, Math.min(at + 2 ** 20, file.fact.size));
    if (chunk.length === 0) break;
    hash.update(chunk);
    at += chunk.length;
  }
  return hash.digest("hex");
}

/** Fields by which an object is a session of openclaw-python. */
const sessionFields = ["session_id", "messages", "metadata", "created_at", "updated_at"] as const;

/** Why nothing can be migrated; undefined if something can. */
function leftBecause(survey: ContentSurvey, form: LegacyForm, sizeBytes: number): LegacyTrouble | undefined {
  const { head, messages, records, troubles } = survey;
  if (messages > 0) return undefined;
  if (sizeBytes === 0) return { id: "legacy-unreadable", offset: 0, line: 1, problem: "the file is empty" };
  const fatal = troubles.find(({ id }) => id === "legacy-unreadable" || id === "legacy-cut-off");
  if (fatal !== undefined) return { ...fatal, id: "legacy-unreadable" };
  const isSession = head !== undefined && sessionFields.some((field) => Object.hasOwn(head, field));
  if (form === "json" && !isSession)
    return { id: "legacy-unreadable", offset: 0, line: 1, problem: "the object has no field of a session" };
  if (form !== "json" && head === undefined && records === 0)
    return { id: "legacy-unreadable", offset: 0, line: 1, problem: "no line can be understood" };
  return undefined;
}

function asFinding({ id, offset, line, problem }: LegacyTrouble, path: string): Finding {
  const place = {
    path,
    ...(offset === undefined ? {} : { offset }),
    ...(line === undefined ? {} : { line }),
  };
  return finding(id, place, problem === undefined ? undefined : { problem });
}

function guessFindings({ path, id }: LegacySource, { updatedFrom }: SessionTimes): readonly Finding[] {
  return updatedFrom === "store" ? [] : [finding("legacy-time-guessed", { path }, { id, from: updatedFrom })];
}

/** Where the stores keep the two times, in the order in which they count. */
const updatedFields = ["updatedAt", "updated_at", "last_active_at", "lastActiveAt"] as const;
const startedFields = ["sessionStartedAt", "createdAt", "created_at", "timestamp"] as const;

/** Never the present: what the store says, else the last message, else the file. */
function timesOf(
  { row = {} }: LegacySource,
  {
    survey,
    fact,
    naiveZone,
  }: { readonly survey: ContentSurvey; readonly fact: FileFact; readonly naiveZone: NaiveZone },
): SessionTimes {
  const { head = {}, firstAt, lastAt } = survey;
  const stored = (fields: readonly string[]): number | undefined =>
    [row, head]
      .flatMap((object) => fields.map((field) => parseLegacyTime(own(object, field), naiveZone)))
      .find((atMs) => atMs !== undefined);
  const said = stored(updatedFields);
  const updatedAt = said ?? lastAt ?? Number(fact.mtimeNs / 1_000_000n);
  const updatedFrom = said === undefined ? (lastAt === undefined ? "mtime" : "message") : "store";
  return { startedAt: stored(startedFields) ?? firstAt ?? updatedAt, updatedAt, updatedFrom };
}

function own(object: JsonObject, field: string): JsonValue | undefined {
  return Object.hasOwn(object, field) ? object[field] : undefined;
}

/** What a session's own file says beside its messages (`metadata` of openclaw-python). */
export function metadataOf({ survey, source }: SurveyedSession): JsonObject {
  const metadata = survey.head?.["metadata"];
  if (isJsonObject(metadata)) return metadata;
  const ofRow = source.row?.["metadata"];
  return isJsonObject(ofRow) ? ofRow : {};
}
