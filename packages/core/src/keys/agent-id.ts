/** Letters, digits, `_` and `-`, starting with a letter or digit, at most 64 (OpenClaw 2026.5.28 agent id). */
const agentIdPattern = /^[a-z0-9][a-z0-9_-]{0,63}$/i;

/** Tells whether `text` can stand as an agent id as it is. Upper case is allowed and folded by {@link normalizeAgentId}. */
export function isAgentId(text: string): boolean {
  return agentIdPattern.test(text);
}

/**
 * The agent id that OpenClaw 2026.5.28 makes of any text: lower case, every run of other characters becomes one `-`,
 * dashes at both ends go, 64 characters are kept, and nothing left means `main`. Always safe as a directory name.
 */
export function normalizeAgentId(text: string): string {
  const trimmed = text.trim();
  if (isAgentId(trimmed)) return trimmed.toLowerCase();
  const dashed = trimmed.toLowerCase().replaceAll(/[^a-z0-9_-]+/g, "-");
  return withoutOuterDashes(dashed).slice(0, 64) || "main";
}

/** A loop and not `/-+$/`, which takes quadratic time on a long run of dashes before another character. */
function withoutOuterDashes(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text[start] === "-") start += 1;
  while (end > start && text[end - 1] === "-") end -= 1;
  return text.slice(start, end);
}
