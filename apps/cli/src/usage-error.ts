/** What every usage error carries: each family of commands is bundled with a class of its own. */
const brand = Symbol.for("sessionsmith.usage-error");

/** A command line that can't be understood: exit 2. It stands for E_USAGE where core is not loaded, as while parsing flags. */
export class UsageError extends Error {
  /** What was probably meant, or what is allowed; one sentence. */
  readonly hint: string | undefined;
  readonly [brand] = true;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

/** Tells whether something thrown is a usage error, whichever bundle it comes from. */
export function isUsageError(thrown: unknown): thrown is UsageError {
  return thrown instanceof Error && brand in thrown;
}
