import { type Finding, finding, type NaiveZone, type ReadFs } from "@sessionsmith/core";
import { groupBy } from "../group-by.ts";
import { surveySession } from "./survey-session.ts";
import type { SurveyedSession } from "./surveyed-session.ts";

/** A session whose messages are all in another file of the same session. */
export interface DuplicateSession {
  readonly session: SurveyedSession;
  readonly finding: Finding;
}

/** The sessions without those that another file of the same session contains. */
export interface DistinctSessions {
  readonly sessions: readonly SurveyedSession[];
  readonly duplicates: readonly DuplicateSession[];
}

/**
 * Finds files that hold one session twice (the original and what an earlier tool made of it): of two files of one id, one may hold
 * the beginning of the other. Where the messages differ, both stay.
 */
export function dropDuplicates(
  fs: ReadFs,
  sessions: readonly SurveyedSession[],
  naiveZone: NaiveZone,
): DistinctSessions {
  const groups = groupBy(
    sessions.filter(({ file, unreadable }) => file !== undefined && !unreadable),
    ({ source }) => `${source.agentId ?? ""}\n${source.id}`,
  );
  const duplicates = [...groups.values()].flatMap((group) =>
    group.length === 1
      ? []
      : containedIn(group, (one) => surveySession(fs, one.source, { naiveZone, chain: true })),
  );
  const dropped = new Set(duplicates.map(({ session }) => session));
  return { sessions: sessions.filter((session) => !dropped.has(session)), duplicates };
}

function containedIn(
  group: readonly SurveyedSession[],
  withChain: (session: SurveyedSession) => SurveyedSession,
): readonly DuplicateSession[] {
  const chained = group.map((session) => ({ session, chain: withChain(session).survey.chain }));
  const longestFirst = chained.toSorted(
    (a, b) => b.chain.length - a.chain.length || rank(a.session) - rank(b.session),
  );
  const kept: typeof longestFirst = [];
  const duplicates: DuplicateSession[] = [];
  for (const one of longestFirst) {
    const whole = kept.find(
      ({ chain }) => one.chain.length === 0 || chain[one.chain.length - 1] === one.chain.at(-1),
    );
    if (whole === undefined) kept.push(one);
    else duplicates.push({ session: one.session, finding: duplicateOf(one.session, whole.session) });
  }
  return duplicates;
}

/** The original says more of a session than what was made of it. */
function rank({ source }: SurveyedSession): number {
  return source.body?.form === "json" ? 0 : 1;
}

function duplicateOf({ source }: SurveyedSession, whole: SurveyedSession): Finding {
  return finding("legacy-duplicate", { path: source.path }, { id: source.id, contained: whole.source.path });
}
