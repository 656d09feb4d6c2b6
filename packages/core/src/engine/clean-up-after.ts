/**
 * Cleans up after `error` and returns it. If the cleaning fails as well, that second error is kept as `suppressed` of the
 * first; what it left lies in an operation's folder, where the next recovery finds it.
 */
export function cleanUpAfter(error: unknown, cleanUp: () => void): unknown {
  try {
    cleanUp();
  } catch (second) {
    if (error instanceof Error)
      Object.defineProperty(error, "suppressed", { value: second, configurable: true });
  }
  return error;
}
