import type { z } from "zod";

/** What is wrong with parameters, in OpenClaw's words, and what was probably meant. */
export interface ParamProblems {
  /** One phrase each, never with a value. */
  readonly problems: readonly string[];
  readonly hint: string | undefined;
}

/** Says what is wrong with parameters that do not fit their schema. */
export function paramProblems(error: z.ZodError): ParamProblems {
  const unknown = error.issues.flatMap((issue) => (issue.code === "unrecognized_keys" ? issue.keys : []));
  const snake = unknown.find((key) => /_[a-z0-9]/.test(key));
  const camel = snake?.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return {
    problems: error.issues.flatMap(problemsOf),
    hint: camel === undefined ? undefined : `Names are written like this: ${camel}.`,
  };
}

function problemsOf(issue: z.core.$ZodIssue): readonly string[] {
  const place = issue.path.length === 0 ? "root" : `/${issue.path.map(String).join("/")}`;
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => `at ${place}: unexpected property '${key}'`);
  if (issue.code === "too_small")
    return [issue.origin === "array" ? tooFew(place, issue.minimum) : tooSmall(place, issue)];
  if (issue.code === "invalid_type") return [missing(issue) ?? `at ${place}: must be ${issue.expected}`];
  return [`at ${place}: ${issue.message}`];
}

function tooFew(place: string, minimum: number | bigint): string {
  return `at ${place}: must not have fewer than ${minimum} items`;
}

function tooSmall(place: string, { minimum, inclusive }: z.core.$ZodIssueTooSmall): string {
  return `at ${place}: must be ${inclusive === false ? ">" : ">="} ${minimum}`;
}

/** A property that is not there at all has no value of another type. */
function missing(issue: z.core.$ZodIssueInvalidType): string | undefined {
  const isAbsent = issue.input === undefined && issue.message.endsWith("received undefined");
  return isAbsent && issue.path.length > 0
    ? `must have required property '${issue.path.map(String).join("/")}'`
    : undefined;
}
