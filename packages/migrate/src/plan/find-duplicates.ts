import {
  errnoOf,
  type Finding,
  finding,
  type ReadFs,
  repeatedTexts,
  type Sequence,
  StoreError,
} from "@sessionsmith/core";
import { messageChain } from "../content/message-chain.ts";
import { groupBy } from "../group-by.ts";
import { readItems } from "../read/read-items.ts";
import type { SurveyedSession } from "./surveyed-session.ts";

/** A session whose messages are all in another file of the same session. */
export interface DuplicateSession {
  readonly session: SurveyedSession;
  readonly finding: Finding;
}

/** The sessions that another file of the same session contains, in order of their files. */
export interface DuplicateSessions {
  readonly duplicates: readonly DuplicateSession[];
  /** Their positions. */
  readonly dropped: ReadonlySet<number>;
}

/**
 * Finds files that hold one session twice (the original and what an earlier tool made of it): of two files of one id, one may hold
 * the beginning of the other. Where the messages differ, both stay.
 */
export function findDuplicates(fs: ReadFs, sessions: Sequence<SurveyedSession>): DuplicateSessions {
  const repeated = repeatedTexts(() => groupNames(sessions));
  if (repeated.size === 0) return { duplicates: [], dropped: new Set() };
  const places = new Map<SurveyedSession, number>();
  for (const [n, session] of sessions.entries())
    if (repeated.has(groupName(session) ?? "")) places.set(session, n);
  const groups = groupBy([...places.keys()], (session) => groupName(session) ?? "");
  const duplicates = [...groups.values()].flatMap((group) =>
    containedIn(group, (session) => readChain(fs, session)),
  );
  const placeOf = ({ session }: DuplicateSession): number => places.get(session) ?? 0;
  return {
    duplicates: duplicates.toSorted((a, b) => placeOf(a) - placeOf(b)),
    dropped: new Set(duplicates.map(placeOf)),
  };
}

function* groupNames(sessions: Iterable<SurveyedSession>): Generator<string, void> {
  for (const session of sessions) {
    const name = groupName(session);
    if (name !== undefined) yield name;
  }
}

/** What sessions have in common that may be one; undefined for one without a file, or that can't be read. */
function groupName({ source, file, unreadable }: SurveyedSession): string | undefined {
  return file === undefined || unreadable ? undefined : `${source.agentId ?? ""}\n${source.id}`;
}

function containedIn(
  group: readonly SurveyedSession[],
  chainOf: (session: SurveyedSession) => readonly string[] | undefined,
): readonly DuplicateSession[] {
  const chained = group.flatMap((session) => {
    const chain = chainOf(session);
    return chain === undefined ? [] : [{ session, chain }];
  });
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

/** Undefined for a file that the system does not let us read again: of it nothing is known, and it stops nothing else. */
function readChain(fs: ReadFs, { source: { body } }: SurveyedSession): readonly string[] | undefined {
  if (body === undefined) return [];
  const { path, session } = body;
  const form = body.form === "openclaw" ? "lines" : body.form;
  try {
    const chain = fs.withFile(path, (file) => messageChain(readItems(file, { form, session })));
    if (chain !== undefined) return chain;
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return undefined;
  }
  throw new StoreError("E_STALE_PLAN", `${path} went away while it was read. Nothing was changed.`);
}

/** The original says more of a session than what was made of it. */
function rank({ source }: SurveyedSession): number {
  return source.body?.form === "json" ? 0 : 1;
}

function duplicateOf({ source }: SurveyedSession, whole: SurveyedSession): Finding {
  return finding("legacy-duplicate", { path: source.path }, { id: source.id, contained: whole.source.path });
}
