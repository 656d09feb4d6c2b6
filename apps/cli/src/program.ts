import { Command, CommanderError, Option } from "commander";
import type { CommandSpec, OptionGroup } from "./command-spec.ts";
import { commandGroups, commandTable, rootDescription, rootExamples } from "./command-table.ts";
import { commandHelpEnd, helpEnd } from "./help.ts";
import { givenOptions } from "./options/given-options.ts";
import type { GivenOptions } from "./options/given-options.ts";
import { longFlag, negatedFlag } from "./options/option-spec.ts";
import type { OptionSpec } from "./options/option-spec.ts";
import { UsageError } from "./usage-error.ts";

/** A command line, understood. */
export interface ParsedCommand {
  readonly spec: CommandSpec;
  readonly options: GivenOptions;
  readonly arguments: readonly string[];
}

/** Where help goes, and how wide it may be. */
export interface HelpOutput {
  readonly write: (text: string) => void;
  readonly columns: number | undefined;
}

/**
 * Parses a command line whose first word is a command or a flag of the program itself.
 * Returns undefined if it asked for help, which has then been written.
 * @throws UsageError for an unknown option, a missing value and the like.
 */
export function parseCommandLine(argv: readonly string[], help: HelpOutput): ParsedCommand | undefined {
  let parsed: ParsedCommand | undefined;
  const asked = commandTable.filter(({ name }) => name === argv[0]);
  // The help of the program names every command; to make them all takes longer than many a command itself.
  const program = buildProgram(help, asked.length === 0 ? commandTable : asked, (command) => {
    parsed = command;
  });
  try {
    program.parse([...argv], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === "commander.helpDisplayed") return undefined;
    throw usageErrorOf(error);
  }
  return parsed;
}

function buildProgram(
  help: HelpOutput,
  commands: readonly CommandSpec[],
  found: (command: ParsedCommand) => void,
): Command {
  const program = new Command("sessionsmith")
    .exitOverride()
    .configureOutput({
      writeOut: help.write,
      writeErr: () => {},
      outputError: () => {},
      getOutHelpWidth: () => help.columns ?? 100,
      getOutHasColors: () => false,
    })
    .description(rootDescription.join("\n\n"))
    .usage("[command] [options]")
    .helpOption("-h, --help", "show help; after a command, the help of that command")
    .helpCommand(false)
    .option("-V, --version", "show the version")
    .addHelpText("after", helpEnd(rootExamples, [0, 1, 2]));
  for (const spec of commands) {
    const command = program.command([spec.name, ...spec.arguments.map(({ name }) => name)].join(" "));
    command
      .summary(spec.summary)
      .helpGroup(`${headingOf(spec)}:`)
      .description(spec.description.join("\n\n"))
      .helpOption("-h, --help", "show this help")
      .addHelpText("after", commandHelpEnd(spec))
      .action(() => found({ spec, options: collectOptions(command, spec), arguments: command.args }));
    for (const group of spec.optionGroups) addOptions(command, group);
  }
  return program;
}

function headingOf(spec: CommandSpec): string {
  return commandGroups.find(({ commands }) => commands.includes(spec))?.heading ?? "Commands";
}

function addOptions(command: Command, { heading, options }: OptionGroup): void {
  for (const spec of options) {
    const option = new Option(spec.flags, spec.description).helpGroup(`${heading}:`);
    if (spec.kind !== "flag") option.argParser(appendText);
    command.addOption(option);
    if (spec.kind === "flag" && spec.negated !== undefined) {
      command.addOption(new Option(negatedFlag(spec), spec.negated).helpGroup(`${heading}:`));
    }
  }
}

function appendText(text: string, before: unknown): readonly string[] {
  return [...textsOf(before), text];
}

function collectOptions(command: Command, spec: CommandSpec): GivenOptions {
  const raw = new Map<string, boolean | readonly string[]>();
  for (const option of spec.optionGroups.flatMap(({ options }) => options)) {
    const name = new Option(option.flags).attributeName();
    if (command.getOptionValueSource(name) !== "cli") continue;
    const value: unknown = command.getOptionValue(name);
    raw.set(longFlag(option), flagValue(option, value) ?? textsOf(value));
  }
  return givenOptions(raw);
}

/** True or false for a flag: a flag that is itself written `--no-…` is true when given. */
function flagValue(option: OptionSpec, value: unknown): boolean | undefined {
  if (option.kind !== "flag") return undefined;
  return option.negated === undefined ? true : value === true;
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

function usageErrorOf(error: CommanderError): UsageError {
  const [message = "", suggestion] = error.message.replace(/^error: /, "").split("\n");
  return new UsageError(message, suggestion?.replace(/^\(|\)$/g, ""));
}
