import { createHash } from "node:crypto";
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  parseRowTime,
  type RowChange,
} from "@sessionsmith/core";

/** Characters that a prompt has at least, and bytes at most, to be kept in a file (OpenClaw 2026.5.28). */
const leastPromptChars = 512;
const mostPromptBytes = 512 * 1024;

/** A report of the system prompt is made anew at each run; one that is older than this tells of no run that matters. */
const freshReportMs = 24 * 60 * 60_000;

/** How a row gets smaller. */
export interface SlimRow {
  readonly change: RowChange;
  readonly reasons: readonly string[];
  /** The prompt that goes into a file of its own. */
  readonly prompt: SharedPrompt | undefined;
}

/** The text of a prompt, and the name that it has by its content. */
export interface SharedPrompt {
  readonly text: string;
  /** sha256 in lower-case hex. */
  readonly hash: string;
  readonly bytes: number;
}

/**
 * Finds what takes space in a row for nothing: a prompt of skills that OpenClaw would keep in a file by its hash, data of a running
 * program that is never meant to be saved, and a report of the system prompt that is of another session or more than a day old. Undefined if
 * there is nothing.
 * @param now epoch ms
 */
export function slimRow(entry: JsonObject, now: number): SlimRow | undefined {
  const skills = slimSkills(entry["skillsSnapshot"]);
  const report = staleReport(entry, now);
  if (skills === undefined && report === undefined) return undefined;
  return {
    change: {
      ...(skills === undefined ? {} : { fields: { skillsSnapshot: skills.value } }),
      ...(report === undefined ? {} : { cleared: ["systemPromptReport"] }),
    },
    reasons: [...(skills?.reasons ?? []), ...(report === undefined ? [] : [report])],
    prompt: skills?.prompt,
  };
}

function slimSkills(value: JsonValue | undefined):
  | {
      readonly value: JsonObject;
      readonly reasons: readonly string[];
      readonly prompt: SharedPrompt | undefined;
    }
  | undefined {
  if (!isJsonObject(value)) return undefined;
  const { resolvedSkills, prompt: text, ...rest } = value;
  const prompt = value["promptRef"] === undefined ? sharedPrompt(text) : undefined;
  if (prompt === undefined && resolvedSkills === undefined) return undefined;
  const { hash, bytes } = prompt ?? {};
  const reference =
    hash === undefined || bytes === undefined ? undefined : { version: 1, algorithm: "sha256", hash, bytes };
  return {
    value: {
      ...(reference === undefined ? (text === undefined ? {} : { prompt: text }) : { promptRef: reference }),
      ...rest,
    },
    reasons: [
      ...(prompt === undefined ? [] : ["prompt-shared"]),
      ...(resolvedSkills === undefined ? [] : ["ephemeral-skills"]),
    ],
    prompt,
  };
}

function sharedPrompt(text: JsonValue | undefined): SharedPrompt | undefined {
  if (typeof text !== "string" || text.length < leastPromptChars || /\p{Surrogate}/u.test(text))
    return undefined;
  const content = Buffer.from(text, "utf8");
  if (content.length > mostPromptBytes) return undefined;
  return { text, hash: createHash("sha256").update(content).digest("hex"), bytes: content.length };
}

function staleReport(entry: JsonObject, now: number): string | undefined {
  const report = entry["systemPromptReport"];
  if (!isJsonObject(report)) return undefined;
  const { sessionId, generatedAt } = report;
  if (typeof sessionId === "string" && sessionId !== entry["sessionId"]) return "report-of-another-session";
  const made = parseRowTime(generatedAt);
  return made.known && now - made.atMs > freshReportMs ? "report-stale" : undefined;
}
