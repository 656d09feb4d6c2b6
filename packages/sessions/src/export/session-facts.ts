import { readEntryNumber, readLease } from "@sessionsmith/core";
import { listedSession } from "../listed-session.ts";
import type { ExportedSession } from "./exported-session.ts";
import { redactText } from "./redact.ts";

/** A fact about a session, for people. */
export type SessionFact = readonly [name: string, value: string];

/** What is worth knowing of a session beside its conversation; only what its row says. */
export function sessionFacts(exported: ExportedSession, about: FactContext): readonly SessionFact[] {
  const { session, transcript } = exported;
  const { now } = about;
  const listed = listedSession(session, now);
  const lease = readLease(session.entry);
  const facts: readonly (readonly [string, string | number | undefined | null])[] = [
    ["Session key", session.key],
    ["Session id", session.sessionId],
    ["Agent", session.agentId],
    ["Kind", session.kind],
    ["Label", shown(listed.label, about)],
    ["Updated", isoTime(session.updatedAt)],
    ["Model", [listed.modelProvider, listed.model].filter((part) => part !== undefined).join("/")],
    ["Tokens in the context", listed.totalTokens],
    ["Tokens read", listed.inputTokens],
    ["Tokens written", listed.outputTokens],
    ["Cost in USD", readEntryNumber(session.entry, "estimatedCostUsd")],
    ["User", shown(lease?.user, about)],
    ["Lease until", isoTime(lease?.expiresAt)],
    ["Transcript", transcript?.name ?? "none"],
  ];
  return facts.flatMap(([name, value]): SessionFact[] =>
    value === undefined || value === null || value === "" ? [] : [[name, String(value)]],
  );
}

/** When the facts are told, and whether secrets are masked. */
export interface FactContext {
  /** Epoch ms. */
  readonly now: number;
  readonly redact: boolean;
}

/** The title of a session: what names it, else its key. */
export function titleOf({ session }: ExportedSession, about: FactContext): string {
  return shown(session.title, about) ?? session.key;
}

/** ISO 8601 in UTC; undefined for what is no time. */
export function isoTime(atMs: number | undefined): string | undefined {
  const date = new Date(atMs ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

function shown(text: string | undefined, { redact }: FactContext): string | undefined {
  return text !== undefined && redact ? redactText(text) : text;
}
