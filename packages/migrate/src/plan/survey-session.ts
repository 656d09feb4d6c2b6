import {
  errnoOf,
  type Finding,
  finding,
  type NaiveZone,
  type HeldFiles,
  type ReadFs,
  StoreError,
  type LegacyTrouble,
} from "@sessionsmith/core";
import type { LegacyForm } from "../read/legacy-form.ts";
import { type ContentSurvey, surveyContent } from "../content/survey-content.ts";
import type { LegacyBody, LegacySource } from "../legacy-source.ts";
import { readItems } from "../read/read-items.ts";
import { headFacts } from "./head-facts.ts";
import { timesOf } from "./session-times.ts";
import type { SessionTimes, SurveyedSession } from "./surveyed-session.ts";

/** What sessions are read with, one after the other. */
export interface SurveyContext {
  readonly naiveZone: NaiveZone;
  /** What was read last: the sessions of a database come from one file. */
  readonly held: HeldFiles;
}

/** Reads a legacy session once: its times, its troubles, and the hash of its file. */
export function surveySession(fs: ReadFs, source: LegacySource, context: SurveyContext): SurveyedSession {
  const { naiveZone } = context;
  const { body } = source;
  if (body === undefined) return rowOnly(fs, source, naiveZone);
  try {
    return surveyBody(fs, source, { body, ...context });
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    return unreadableFile(source, errno);
  }
}

function surveyBody(
  fs: ReadFs,
  source: LegacySource,
  { body, naiveZone, held }: SurveyContext & { readonly body: LegacyBody },
): SurveyedSession {
  const session = fs.withFile(body.path, (opened) => {
    const file = held.hold(opened);
    const form: LegacyForm = body.form === "openclaw" ? "lines" : body.form;
    const survey = surveyContent(readItems(file, { form, session: body.session }), { naiveZone });
    const unreadable = leftBecause(survey, form, file.fact.size);
    const times = timesOf(source, { survey, fact: file.fact, naiveZone });
    const troubles = unreadable === undefined ? survey.troubles : [unreadable];
    const guess = unreadable === undefined ? guessOf(source, times) : undefined;
    return {
      source,
      file: { path: source.path, size: file.fact.size, sha256: file.sha256 },
      head: headFacts(survey.head),
      messages: survey.messages,
      times,
      findings: findingsOf(troubles, guess, body.path),
      unreadable: unreadable !== undefined,
    };
  });
  if (session === undefined)
    throw new StoreError("E_STALE_PLAN", `${body.path} went away while it was read. Nothing was changed.`);
  return session;
}

/** A file that the system does not let us read stops nothing else. */
function unreadableFile(source: LegacySource, errno: string): SurveyedSession {
  const times = { startedAt: 0, updatedAt: 0, updatedFrom: "mtime" } as const;
  const problem = `the file can't be read (${errno})`;
  const findings = [finding("legacy-unreadable", { path: source.path }, { problem, errno })];
  return { source, file: undefined, head: undefined, messages: 0, times, findings, unreadable: true };
}

/** A session of which only a row is left. */
function rowOnly(fs: ReadFs, source: LegacySource, naiveZone: NaiveZone): SurveyedSession {
  const fact = fs.stat(source.path);
  if (fact === undefined)
    throw new StoreError("E_STALE_PLAN", `${source.path} went away. Nothing was changed.`);
  const times = timesOf(source, { survey: surveyContent([], { naiveZone }), fact, naiveZone });
  return {
    source,
    file: undefined,
    head: undefined,
    messages: 0,
    times,
    findings: findingsOf([], guessOf(source, times), source.path),
    unreadable: false,
  };
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

function guessOf({ path, id }: LegacySource, { updatedFrom }: SessionTimes): Finding | undefined {
  return updatedFrom === "store"
    ? undefined
    : finding("legacy-time-guessed", { path }, { id, from: updatedFrom });
}

function findingsOf(
  troubles: readonly LegacyTrouble[],
  guess: Finding | undefined,
  path: string,
): readonly Finding[] {
  if (troubles.length === 0 && guess === undefined) return noFindings;
  return [...troubles.map((trouble) => asFinding(trouble, path)), ...(guess === undefined ? [] : [guess])];
}

/** One list for all sessions with which nothing is the matter. */
const noFindings: readonly Finding[] = [];
