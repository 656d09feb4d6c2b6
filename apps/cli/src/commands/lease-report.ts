import { bytesagainSession } from "@sessionsmith/sessions";
import type { LeaseView } from "@sessionsmith/sessions";
import type { AppliedChange } from "@sessionsmith/sessions/change";
import type { JsonObject } from "@sessionsmith/core";
import type { CommandCall } from "../command-spec.ts";
import { leaseFormatOption } from "../options/lease-options.ts";
import { outputView } from "../output-view.ts";
import { tellRecovered } from "../recover-first.ts";
import { writeJson } from "../render/json.ts";
import { safeText } from "../render/safe-text.ts";

/** A session to show, and what was done to it. */
export interface ShownLease {
  readonly session: LeaseView;
  /** The row that it was read from. */
  readonly entry: JsonObject;
  /** Epoch ms. */
  readonly now: number;
  /** What a change did; undefined for a look. */
  readonly applied?: AppliedChange<unknown>;
}

/** Writes a session with its lease as text, as JSON, or as the JSON of bytesagain's script. */
export function writeLease(call: CommandCall, shown: ShownLease): void {
  const { io, options } = call;
  const view = outputView(options, io);
  const { session, entry, now, applied } = shown;
  if (applied !== undefined) {
    tellRecovered(applied.recovered, io);
    for (const warning of applied.warnings) io.stderr(`sessionsmith: ${safeText(warning)}\n`);
  }
  if (options.value(leaseFormatOption) === "bytesagain") {
    const row = { key: session.key, sessionId: session.sessionId ?? undefined, updatedAt: now, entry };
    writeJson({ ok: true, session: bytesagainSession(row, now) }, io.stdout);
  } else if (view.json) {
    const frame = applied === undefined ? {} : frameOf(applied);
    writeJson({ ok: true, key: session.key, session, ...frame }, io.stdout);
  } else io.stdout(`${[...leaseLines(session), ...doneLines(applied)].map(safeText).join("\n")}\n`);
}

function frameOf({ dryRun, operationId, warnings }: AppliedChange<unknown>) {
  return { dryRun, operationId: operationId ?? null, warnings };
}

function doneLines(applied: AppliedChange<unknown> | undefined): readonly string[] {
  if (applied === undefined) return [];
  const { dryRun, operationId } = applied;
  if (dryRun) return ["This is a preview; nothing was changed."];
  if (operationId === undefined) return ["Nothing was to be changed."];
  return [`Done as operation ${operationId}; \`sessionsmith undo ${operationId}\` takes it back.`];
}

function leaseLines(session: LeaseView): readonly string[] {
  const { key, sessionId, user, status, ttlSeconds, expiresAt, expiredAt, meta } = session;
  const isLeased = user !== null || expiresAt !== null;
  const time = (atMs: number): string => new Date(atMs).toISOString();
  const end = expiredAt === null ? (expiresAt === null ? "never ends" : `until ${time(expiresAt)}`) : `ended ${time(expiredAt)}`;
  const names = Object.entries(meta).map(([name, value]) => `  ${name} = ${JSON.stringify(value ?? null)}`);
  return [
    `Session key: ${key}`,
    `Session id: ${sessionId ?? "none"}`,
    `User: ${user ?? "none"}`,
    `Status: ${status}`,
    isLeased ? `Lease: ${ttlSeconds === null ? "" : `${ttlSeconds} s, `}${end}` : "Lease: none",
    ...(names.length === 0 ? [] : ["Metadata:", ...names]),
  ];
}
