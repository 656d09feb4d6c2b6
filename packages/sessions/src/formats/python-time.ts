/** A moment as Python's `isoformat()` writes it in UTC: six decimals, or none if it falls on a second. `atMs` is epoch ms. */
export function formatPythonIsoTime(atMs: number): string {
  return formatPythonStampTime(atMs).replace(/(\.000000)?Z$/, "+00:00");
}

/** A moment as `YYYY-MM-DDTHH:MM:SS.ffffffZ`, always with six decimals. `atMs` is epoch ms. */
export function formatPythonStampTime(atMs: number): string {
  return new Date(atMs).toISOString().replace("Z", "000Z");
}
