/** A feature of another tool, and what does it here. */
export interface Feature {
  readonly tool: string;
  readonly feature: string;
  readonly here: FeatureCommand | FeatureFunction;
}

/** A command line; no word of it holds a space. */
export interface FeatureCommand {
  readonly line: string;
}

/** Something that a package exports. */
export interface FeatureFunction {
  readonly name: string;
  readonly door: string;
}

/** The features of the table of a page whose columns are tool, feature and here; an empty cell repeats the one above. */
export function featuresOf(markdown: string): readonly Feature[] {
  const [, table = ""] =
    /^\| tool +\| feature +\| here +\|\n\| [-| ]+\|\n((?:\|.*\|\n)+)/m.exec(markdown) ?? [];
  let tool = "";
  return table
    .trimEnd()
    .split("\n")
    .map((row) => {
      const [first = "", feature = "", here = ""] = row
        .slice(1, -1)
        .split("|")
        .map((cell) => cell.trim());
      if (first !== "") tool = first;
      return { tool, feature, here: hereOf(here) };
    });
}

function hereOf(cell: string): Feature["here"] {
  const [, code = "", door] = /^`([^`]+)`(?: of `([^`]+)`)?$/.exec(cell) ?? [];
  if (code === "") throw new Error(`not understood: ${cell}`);
  return door === undefined ? { line: code } : { name: code, door };
}
