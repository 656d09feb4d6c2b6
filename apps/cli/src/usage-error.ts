const brand = Symbol.for("sessionsmith.UsageError");

/** A command line that can't be understood: exit 2. It stands for E_USAGE where core is not loaded, as while parsing flags. */
export class UsageError extends Error {
  /** What was probably meant, or what is allowed; one sentence. */
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }

  static {
    Object.defineProperty(this.prototype, brand, { value: true });
  }
}

/** Tells a {@link UsageError} from any other thrown value: each bundle of commands has a class of its own. */
export function isUsageError(value: unknown): value is UsageError {
  return typeof value === "object" && value !== null && brand in value;
}
