const matrixRoomWords: ReadonlySet<string> = new Set(["channel", "group"]);

/**
 * Folds the segments of a key to their canonical case (OpenClaw 2026.5.28): lower case everywhere, but for ids that a
 * channel tells apart by case. Those are the id after `signal:group:` and, in a key of a Matrix `channel` or `group`,
 * everything behind that word, apart from the word `thread` that introduces the thread id.
 *
 * Neighbouring segments are folded together, because the lower case of some letters depends on what follows.
 */
export function foldKeyCase(segments: readonly string[]): readonly string[] {
  const lower = segments.map((segment) => segment.toLowerCase());
  const matrixTail = matrixTailStart(lower);
  const threadWord = lower.lastIndexOf("thread", lower.length - 2);
  let folded = "";
  let pending = "";
  segments.forEach((segment, index) => {
    const separator = index === 0 ? "" : ":";
    if (isSignalGroupId(lower, index)) {
      folded += (pending + separator).toLowerCase() + (segment.trim() || segment);
      pending = "";
    } else if (index >= matrixTail && !(index === threadWord && index > matrixTail)) {
      folded += (pending + separator).toLowerCase() + segment;
      pending = "";
    } else {
      pending += separator + segment;
    }
  });
  const text = folded + pending.toLowerCase();
  return text === "" ? [] : text.split(":");
}

/** A whole key in its canonical case, and otherwise as it is: how OpenClaw 2026.5.28 reads the active key of a cleanup. */
export function foldSessionKey(key: string): string {
  return foldKeyCase(key.trim().split(":")).join(":");
}

function isSignalGroupId(lower: readonly string[], index: number): boolean {
  return lower[index - 2] === "signal" && lower[index - 1] === "group";
}

/** Index of the first segment behind `matrix:channel:` or `matrix:group:` at the start of the rest, else Infinity. */
function matrixTailStart(lower: readonly string[]): number {
  const start = lower[0] === "agent" ? 2 : 0;
  const word = lower[start + 1];
  return lower[start] === "matrix" && word !== undefined && matrixRoomWords.has(word) ? start + 2 : Infinity;
}
