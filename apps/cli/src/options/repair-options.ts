import { isAgentId, normalizeAgentId } from "@sessionsmith/core";
import type { AgentRename, PathRebase, RepairDomain } from "@sessionsmith/maintenance";
import { UsageError } from "../usage-error.ts";
import type { FlagSpec, OptionSpec, ValueSpec } from "./option-spec.ts";

/** Does what the preview shows. */
export const applyOption: FlagSpec = {
  kind: "flag",
  flags: "--apply",
  description: "do it; without this it is only shown",
};

/** Which flag selects which kind of repair. */
export const domainOptions: Readonly<Partial<Record<RepairDomain, FlagSpec>>> = {
  index: {
    kind: "flag",
    flags: "--index",
    description:
      "make a damaged or missing index whole again: its own rows, then those of backups, then those that transcripts tell of",
  },
  dialect: {
    kind: "flag",
    flags: "--dialect",
    description: "make rows and transcripts of OpenClaw of those that openclaw-python wrote",
  },
  keys: {
    kind: "flag",
    flags: "--keys",
    description: "give rows the keys and the stores in which OpenClaw looks for them",
  },
  paths: {
    kind: "flag",
    flags: "--paths",
    description: "mend paths of transcripts that lead elsewhere than to the file",
  },
  transcripts: {
    kind: "flag",
    flags: "--transcripts",
    description:
      "mend torn, glued, header-less and broken transcripts; what is no record is set aside, the original goes to the trash",
  },
  slim: {
    kind: "flag",
    flags: "--slim",
    description: "keep each prompt of skills once, as OpenClaw does, and drop stale reports from rows",
  },
  locks: {
    kind: "flag",
    flags: "--locks",
    description: "take away locks that nobody holds, and say who holds the others",
  },
  permissions: {
    kind: "flag",
    flags: "--permissions",
    description: "let nobody but the owner read the store",
  },
};

/** Another id for an agent. */
export const renameAgentOption: ValueSpec<AgentRename> = {
  kind: "value",
  flags: "--rename-agent <a=b>",
  description: "with --keys: bring the sessions of agent a to agent b; all stores are looked at",
  parse: parseRename,
};

/** Another path for a directory. */
export const rebaseOption: ValueSpec<PathRebase> = {
  kind: "value",
  flags: "--rebase </old=/new>",
  description:
    "with --paths: a directory that has another path now, in rows and in the headers of transcripts",
  parse: parseRebase,
};

/** What is repaired, and how. */
export const repairOptions: readonly OptionSpec[] = [
  ...Object.values(domainOptions),
  renameAgentOption,
  rebaseOption,
];

function parseRename(text: string): AgentRename {
  const [from = "", to = "", ...more] = text.split("=");
  if (more.length > 0 || !isAgentId(from) || !isAgentId(to))
    throw new UsageError(`--rename-agent "${text}" is not of the form old=new`, "Both are ids of agents.");
  const rename = { from: normalizeAgentId(from), to: normalizeAgentId(to) };
  if (rename.from === rename.to) throw new UsageError(`--rename-agent "${text}": that is its id already`);
  return rename;
}

/** An absolute path of this system or another one. */
const absolute = /^(?:\/|[A-Za-z]:[\\/])/;

function parseRebase(text: string): PathRebase {
  const cut = text.indexOf("=");
  const [from, to] = [text.slice(0, Math.max(cut, 0)), text.slice(cut + 1)].map(withoutEnd);
  if (
    cut < 0 ||
    from === undefined ||
    to === undefined ||
    !absolute.test(from) ||
    !absolute.test(to) ||
    to.includes("=")
  )
    throw new UsageError(`--rebase "${text}" is not of the form /old=/new`, "Both are absolute paths.");
  return { from, to };
}

function withoutEnd(path: string): string {
  return path.endsWith("/") || path.endsWith("\\") ? path.slice(0, -1) : path;
}
