import type { CliIo } from "./io.ts";
import type { ExitStatus } from "./exit-codes.ts";
import type { GivenOptions } from "./options/given-options.ts";
import type { OptionSpec } from "./options/option-spec.ts";

/** One command, as data: the parser, the help and the generated reference are made from it. */
export interface CommandSpec {
  readonly name: string;
  /** One line for the list of commands, lower case, without a full stop. */
  readonly summary: string;
  /** Whole sentences, a paragraph each. */
  readonly description: readonly string[];
  readonly arguments: readonly ArgumentSpec[];
  readonly optionGroups: readonly OptionGroup[];
  readonly examples: readonly CommandExample[];
  /** The exit statuses that this command may end with. */
  readonly exits: readonly ExitStatus[];
  /** Imports the code of the command; nothing of it is loaded before. */
  readonly load: () => Promise<CommandHandler>;
}

/** A word after the command. */
interface ArgumentSpec {
  /** As written in the usage line: `[finding-id]` if it may be left out, `<finding-id>` if not. */
  readonly name: string;
  readonly description: string;
}

/** Options under one heading of the help. */
export interface OptionGroup {
  readonly heading: string;
  readonly options: readonly OptionSpec[];
}

/** A command line that works, with what it is for. */
export interface CommandExample {
  readonly line: string;
  readonly purpose: string;
}

/** Runs a command and gives its exit status. Throws a StoreError or a UsageError where nothing could be done. */
export type CommandHandler = (call: CommandCall) => Promise<ExitStatus>;

/** What a command is called with. */
export interface CommandCall {
  readonly io: CliIo;
  readonly options: GivenOptions;
  readonly arguments: readonly string[];
}
