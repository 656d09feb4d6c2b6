import { counted } from "../render/counted.ts";
import type { Sequence } from "@sessionsmith/core";
import { verifyMigration } from "@sessionsmith/migrate";
import type { VerifiedSession } from "@sessionsmith/migrate";
import { readState } from "../choose-stores.ts";
import type { CommandCall } from "../command-spec.ts";
import type { ExitStatus } from "../exit-codes.ts";
import { outputView } from "../output-view.ts";
import { writeJson } from "../render/json.ts";
import { safeText } from "../render/safe-text.ts";
import { readMigrationRequest } from "./migrate-request.ts";

const verdicts = ["same", "missing", "differs", "left", "duplicate"] as const;

/** Runs `sessionsmith migrate verify <workspace>`. Exit 4 unless every session is there with all its messages. */
export async function runMigrateVerify(call: CommandCall, workspace: string): Promise<ExitStatus> {
  const { io, options } = call;
  const view = outputView(options, io);
  const state = readState(call, await io.loadHost());
  const request = readMigrationRequest(options, state, workspace);
  const sessions = verifyMigration(state.host, request);
  const verified = countVerdicts(sessions);
  const isWhole = verified.missing + verified.differs + verified.left === 0;
  if (view.json)
    writeJson({ workspace: request.workspace, verified, sessions: sessions.map(toJson) }, io.stdout);
  else io.stdout(verifyText(sessions, verified));
  if (sessions.length === 0) return 10;
  return isWhole ? 0 : 4;
}

type Verified = Readonly<Record<VerifiedSession["verdict"], number>>;

function countVerdicts(sessions: Iterable<VerifiedSession>): Verified {
  const counts = { same: 0, missing: 0, differs: 0, left: 0, duplicate: 0 };
  for (const { verdict } of sessions) counts[verdict] += 1;
  return counts;
}

function toJson({ session, verdict, firstDifference }: VerifiedSession): object {
  const { path, legacyId, sessionId, keys, messages } = session;
  return {
    path,
    legacyId,
    sessionId: sessionId ?? null,
    keys,
    messages,
    verdict,
    firstDifference: firstDifference ?? null,
  };
}

function verifyText(sessions: Sequence<VerifiedSession>, verified: Verified): string {
  const lines = sessions
    .filter(({ verdict }) => verdict !== "same" && verdict !== "duplicate")
    .map(({ session: { path }, verdict, firstDifference }) => {
      const place = firstDifference === undefined ? "" : ` from message ${firstDifference} on`;
      return `${verdict}${place}: ${safeText(path)}`;
    });
  const counts = verdicts.map((verdict) => `${verified[verdict]} ${verdict}`).join(", ");
  return `${[...lines, `${counted(sessions.length, "session")}: ${counts}`].join("\n")}\n`;
}
