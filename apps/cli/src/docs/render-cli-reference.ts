import type { CommandSpec } from "../command-spec.ts";
import type { OptionGroup } from "../command-spec.ts";
import { commandGroups, commandTable, rootDescription } from "../command-table.ts";
import { exitStatusMeanings } from "../exit-codes.ts";
import { negatedFlag } from "../options/option-spec.ts";
import { usageOf } from "../usage-line.ts";
import { code, markdownPage, markdownTable } from "./markdown.ts";

/** `docs/reference/cli.md`: every command with its options, examples and exit statuses. */
export function renderCliReference(): string {
  const commands = commandGroups.flatMap(({ heading, commands: [first, ...others] }) =>
    first === undefined
      ? []
      : [commandRow(heading, first), ...others.map((command) => commandRow("", command))],
  );
  return markdownPage("Commands", [
    ...rootDescription,
    markdownTable(["for", "command", "what it does"], commands),
    ...commandTable.flatMap(commandBlocks),
  ]);
}

function commandRow(heading: string, { name, summary }: CommandSpec): readonly string[] {
  return [heading, `[${name}](#${name})`, summary];
}

function commandBlocks(spec: CommandSpec): readonly string[] {
  const blocks = [
    `## ${spec.name}`,
    code(usageOf(spec)),
    ...spec.description.map((text) => text.replace("\n", "\n\n")),
  ];
  if (spec.arguments.length > 0) {
    blocks.push(
      markdownTable(
        ["argument", ""],
        spec.arguments.map(({ name, description }) => [code(name), description]),
      ),
    );
  }
  for (const group of spec.optionGroups)
    blocks.push(`### ${spec.name}: ${group.heading.toLowerCase()}`, optionTable(group));
  const examples = spec.examples.map(({ line, purpose }) => `# ${purpose}\n${line}`);
  const exits = spec.exits.map((status) => [String(status), exitStatusMeanings[status]]);
  blocks.push(
    `\`\`\`console\n${examples.join("\n\n")}\n\`\`\``,
    markdownTable(["exit status", "meaning"], exits),
  );
  return blocks;
}

function optionTable({ options }: OptionGroup): string {
  const rows = options.flatMap((spec) => {
    const row = [code(spec.flags), spec.description];
    return spec.kind === "flag" && spec.negated !== undefined
      ? [row, [code(negatedFlag(spec)), spec.negated]]
      : [row];
  });
  return markdownTable(["option", "meaning"], rows);
}
