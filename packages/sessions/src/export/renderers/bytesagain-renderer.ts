import { readLease } from "@sessionsmith/core";
import { bytesagainSession } from "../../formats/bytesagain-list.ts";
import type { SessionRenderer } from "../session-renderer.ts";

/**
 * The lines of `data.jsonl` of bytesagain's session skill (version 1.0.0), spelled as its script spells them: one record for each
 * session whose lease runs out some time. Others can't be said there, and are left out.
 */
export function bytesagainRenderer(): SessionRenderer {
  return {
    begin: () => "",
    openSession: ({ session }) => {
      const isMarked = readLease(session.entry)?.expiredAt !== undefined;
      const record = bytesagainSession(session, isMarked ? "expired" : "active");
      return record.ttl === null || record.expires_at === null ? "" : `${pythonJson(record)}\n`;
    },
    line: () => "",
    closeSession: () => "",
    end: () => "",
  };
}

/** JSON as Python writes it: a space behind each comma and colon, and nothing but ASCII. */
function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return `{${members.map(([name, member]) => `${pythonJson(name)}: ${pythonJson(member)}`).join(", ")}}`;
  }
  return JSON.stringify(value).replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
