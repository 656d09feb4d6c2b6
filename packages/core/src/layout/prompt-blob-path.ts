/** The directory below the sessions directory that holds the prompts of skills, by hash (OpenClaw 2026.5.28 store format). */
export const promptBlobDir = "skills-prompts/sha256";

const blobPath = /^skills-prompts\/sha256\/([0-9a-f]{2})\/([0-9a-f]{64})\.txt$/;

/** The path of the prompt with this sha256 (lower-case hex), relative to the sessions directory. */
export function promptBlobPath(hash: string): string {
  return `${promptBlobDir}/${hash.slice(0, 2)}/${hash}.txt`;
}

/**
 * The hash that the path of a prompt names; undefined for any other path. It is the only kind of path below the sessions
 * directory that a plan may name, and its grammar leaves no room for `..` or a further separator.
 */
export function parsePromptBlobPath(path: string): string | undefined {
  const [, prefix, hash] = blobPath.exec(path) ?? [];
  return prefix !== undefined && hash?.startsWith(prefix) === true ? hash : undefined;
}
