import { dirname, join, relative, sep } from "node:path";
import type { ReadFs } from "../disk/read-fs.ts";
import { errnoOf } from "../errno.ts";
import { normalizeAgentId } from "../keys/agent-id.ts";
import { holdsTranscripts } from "./holds-transcripts.ts";
import { agentPlaceholder, indexPathOf, type StoreTemplate } from "./store-template.ts";

/** Why a place that looks like a store was left out. */
export type SkipReason =
  | "symlink"
  | "outside"
  | "not-a-regular-file"
  /** Transcripts are there, but no index. */
  | "no-index"
  /** The system refused to look. */
  | "unreadable";

/** A place on the disk that fits a store template. */
export type DiscoveredStore =
  | { readonly ok: true; readonly agentId: string; readonly indexPath: string }
  | { readonly ok: false; readonly indexPath: string; readonly reason: SkipReason; readonly errno?: string };

/** One name below the root that fits, and where its index would be. */
interface Candidate {
  readonly id: string;
  readonly indexPath: string;
  readonly root: string;
  readonly realRoot: string;
}

/**
 * Lists the stores on the disk that fit a template, in the order of their names: one look into the directory above its first
 * `{agentId}`. A store counts only if its index is a regular file at exactly that place, with no symbolic link below that
 * directory (OpenClaw 2026.5.28 rule); others are returned with the reason why not. A place with neither an index nor
 * transcripts is no store and is not returned. Never throws for what the disk answers.
 */
export function discoverStores(fs: ReadFs, template: StoreTemplate): readonly DiscoveredStore[] {
  const components = template.path.split(sep);
  const at = components.findIndex((component) => component.includes(agentPlaceholder));
  const pattern = components[at];
  if (pattern === undefined) return [];
  const root = components.slice(0, at).join(sep) || sep;
  try {
    const realRoot = fs.realpath(root);
    if (realRoot === undefined) return [];
    const ids = (fs.readdir(root) ?? []).flatMap((name) => idIn(name, pattern) ?? []);
    return ids.flatMap((id) => {
      return inspect(fs, { id, indexPath: indexPathOf(template, id), root, realRoot }) ?? [];
    });
  } catch (error) {
    return [unreadable(root, error)];
  }
}

/** The text that stands for `{agentId}` in a name, or undefined if the name does not fit the pattern. */
function idIn(name: string, pattern: string): string | undefined {
  const fixed = pattern.split(agentPlaceholder);
  const fixedLength = fixed.reduce((length, part) => length + part.length, 0);
  const idLength = (name.length - fixedLength) / (fixed.length - 1);
  const start = fixed[0]?.length ?? 0;
  const id = name.slice(start, start + idLength);
  return id !== "" && pattern.replaceAll(agentPlaceholder, () => id) === name ? id : undefined;
}

function inspect(fs: ReadFs, candidate: Candidate): DiscoveredStore | undefined {
  const { id, indexPath } = candidate;
  try {
    const reason = skipReason(fs, candidate);
    if (reason === "nothing-there") return undefined;
    return reason === undefined
      ? { ok: true, agentId: normalizeAgentId(id), indexPath }
      : { ok: false, indexPath, reason };
  } catch (error) {
    // A plain file where an agent's directory would be.
    return errnoOf(error) === "ENOTDIR" ? undefined : unreadable(indexPath, error);
  }
}

function skipReason(fs: ReadFs, candidate: Candidate): SkipReason | "nothing-there" | undefined {
  const { indexPath, root, realRoot } = candidate;
  const fact = fs.lstat(indexPath);
  if (fact === undefined) return holdsTranscripts(fs, dirname(indexPath)) ? "no-index" : "nothing-there";
  const real = fs.realpath(indexPath);
  if (real !== join(realRoot, relative(root, indexPath))) {
    return real === undefined || real.startsWith(join(realRoot, sep)) ? "symlink" : "outside";
  }
  return fact.kind === "file" ? undefined : "not-a-regular-file";
}

function unreadable(indexPath: string, error: unknown): DiscoveredStore {
  const errno = errnoOf(error);
  if (errno === undefined) throw error;
  return { ok: false, indexPath, reason: "unreadable", errno };
}
