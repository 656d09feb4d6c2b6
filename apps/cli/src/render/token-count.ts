/** Tokens used, of the context window, with the share: `63k/200k (31%)`; what is unknown is `unknown` or `?`. */
export function formatTokens(totalTokens: number | null, contextTokens: number | null): string {
  const used = totalTokens === null ? "unknown" : formatCount(totalTokens);
  const window = contextTokens === null ? "?" : formatCount(contextTokens);
  const known = totalTokens !== null && contextTokens !== null && contextTokens > 0;
  return `${used}/${window} (${known ? Math.round((totalTokens / contextTokens) * 100) : "?"}%)`;
}

function formatCount(tokens: number): string {
  if (tokens < 1000) return String(tokens);
  if (tokens < 10_000) return `${(tokens / 1000).toFixed(1)}k`;
  if (tokens < 999_500) return `${Math.round(tokens / 1000)}k`;
  return `${(tokens / 1_000_000).toFixed(1)}m`;
}
