import type { z } from "zod";

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** A field of a JSON schema: its dotted path (`*` for the items of a list or map) and its documented words. */
export interface SchemaPath {
  readonly path: string;
  readonly words: readonly unknown[] | undefined;
}

/** All fields below a schema, with the items of lists and maps. */
export function schemaPaths(schema: JsonSchema, prefix = ""): readonly SchemaPath[] {
  const members: [string, JsonSchema][] = [];
  for (const [name, member] of Object.entries(schema.properties ?? {})) {
    if (typeof member === "object") members.push([name, member]);
  }
  for (const items of [schema.items, schema.additionalProperties]) {
    if (isSchema(items) && Object.keys(items).length > 0) members.push(["*", items]);
  }
  return members.flatMap(([name, member]) => {
    const path = prefix === "" ? name : `${prefix}.${name}`;
    return [{ path, words: member.examples }, ...schemaPaths(member, path)];
  });
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
