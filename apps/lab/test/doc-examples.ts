/** A program that a page shows, and what it says that it prints. */
export interface DocExample {
  readonly code: string;
  /** A line `…` stands for any lines, and `…` in a line for any text; empty if the page does not show it. */
  readonly output: string;
}

/** The `ts` blocks of a page in order, each with the `text` block that follows it at once. */
export function docExamples(markdown: string): readonly DocExample[] {
  const blocks = markdown.matchAll(/^```ts\n(.*?)^```$(?:\n\n```text\n(.*?)^```$)?/gms);
  return [...blocks].map(([, code = "", output = ""]) => ({ code, output: output.trimEnd() }));
}
