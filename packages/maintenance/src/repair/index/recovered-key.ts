/**
 * The key of a session of which nothing says what key it had: `agent:<id>:recovered:<sessionId>`, in lower case as all keys are,
 * and with a number if that is taken.
 */
export function recoveredKey(agentId: string, sessionId: string, taken: ReadonlySet<string>): string {
  const key = `agent:${agentId}:recovered:${sessionId.toLowerCase()}`;
  if (!taken.has(key)) return key;
  for (let n = 2; ; n += 1) if (!taken.has(`${key}-${n}`)) return `${key}-${n}`;
}
