/** A command that a page shows, and what it says that the command prints. */
export interface DocCommand {
  readonly line: string;
  /** A line `…` stands for any lines, and `…` in a line for any text. */
  readonly output: string;
}

/** A file that a page shows: a block of JSON5 that begins with its path in a comment. */
export interface DocFile {
  /** Below the home directory. */
  readonly path: string;
  readonly text: string;
}

/** The files of a page (`// ~/<path>` in the first line of a `json5` block), in order. */
export function docFiles(markdown: string): readonly DocFile[] {
  const blocks = markdown.matchAll(/^```json5\n(\/\/ ~\/(\S+)\n.*?)^```$/gms);
  return [...blocks].map(([, text = "", path = ""]) => ({ path, text }));
}

/** The commands of all `console` blocks of a page, in order. */
export function docCommands(markdown: string): readonly DocCommand[] {
  const blocks = [...markdown.matchAll(/^```console\n(.*?)^```$/gms)].map(([, body = ""]) => body);
  return blocks.flatMap(commandsOf);
}

function commandsOf(block: string): readonly DocCommand[] {
  const parts = `\n${block}`.split("\n$ ").slice(1);
  return parts.map((part) => {
    const [line = "", ...output] = part.split("\n");
    return { line: line.replace(/ +#.*$/, ""), output: output.join("\n").trimEnd() };
  });
}

/** Tells whether a program printed what a page says. A command shown without output may print anything. */
export function matchesOutput(printed: string, output: string): boolean {
  if (output === "") return true;
  const pattern = output
    .split("\n")
    .map((line) => (line.trim() === "…" ? "(?:.*\\n)*?" : `${escaped(line).replaceAll("…", ".*")} *\\n`))
    .join("");
  return new RegExp(`^${pattern}$`).test(`${printed.trimEnd()}\n`);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
