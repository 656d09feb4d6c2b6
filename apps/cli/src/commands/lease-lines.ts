import type { JsonObject } from "@sessionsmith/core";
import { bytesagainSession } from "@sessionsmith/sessions";
import type { LeaseView } from "@sessionsmith/sessions";
import type { GivenOptions } from "../options/given-options.ts";
import { leaseFormatOption } from "../options/lease-options.ts";

/** A session with its lease, in lines. */
export function leaseLines(session: LeaseView): readonly string[] {
  const { key, sessionId, user, status, ttlSeconds, meta } = session;
  const names = Object.entries(meta).map(([name, value]) => `  ${name} = ${JSON.stringify(value ?? null)}`);
  return [
    `Session key: ${key}`,
    `Session id: ${sessionId ?? "none"}`,
    `User: ${user ?? "none"}`,
    `Status: ${status}`,
    `Lease: ${ttlSeconds === null ? "" : `${ttlSeconds} s, `}${endText(session)}`,
    ...(names.length === 0 ? [] : ["Metadata:", ...names]),
  ];
}

function endText({ expiresAt, expiredAt }: LeaseView): string {
  if (expiredAt !== null) return `ended ${new Date(expiredAt).toISOString()}`;
  return expiresAt === null ? "never ends" : `until ${new Date(expiresAt).toISOString()}`;
}

/** An answer that has a row. */
interface LeasedAnswer {
  readonly key: string;
  readonly entry: JsonObject;
  readonly session: LeaseView;
}

/** What writes an answer as bytesagain's script prints it, if that was asked for. */
export function foreignLease(options: GivenOptions): ((answer: LeasedAnswer) => object) | undefined {
  if (options.value(leaseFormatOption) === undefined) return undefined;
  return ({ key, entry, session }) => {
    const { sessionId, status, lastAccessAt } = session;
    const row = { key, sessionId: sessionId ?? undefined, updatedAt: lastAccessAt ?? undefined, entry };
    return { ok: true, session: bytesagainSession(row, status) };
  };
}
