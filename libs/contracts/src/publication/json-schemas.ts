import { z } from 'zod';
import { catalog, type MessageType } from '../catalog.js';
import { envelope } from '../envelope.js';

/** A value that JSON can carry. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A JSON Schema (draft 2020-12) as plain data. */
export type JsonSchema = { readonly [key: string]: Json };

/** Formats say all that their patterns say, and the patterns differ from one version of the generator to the next. */
const selfExplaining = new Set(['date', 'date-time', 'uuid']);

/**
 * The JSON Schema of a message's data as a reader may rely on it: further fields may come, so none is ruled out.
 */
export function jsonSchemaOf(schema: z.ZodType, title: string): JsonSchema {
  const generated = z.toJSONSchema(schema, {
    io: 'input',
    override: ({ jsonSchema }) => {
      if (jsonSchema.format !== undefined && selfExplaining.has(jsonSchema.format)) delete jsonSchema.pattern;
    },
  });
  const { $schema, ...rest } = plain(generated);
  return { $schema: $schema ?? null, title, ...rest };
}

/** File name → schema, for every type of the catalog and for the envelope. */
export function jsonSchemaFiles(): Map<string, JsonSchema> {
  const entries: [string, MessageType][] = Object.entries(catalog);
  const files = entries.map(([name, { schema }]): [string, JsonSchema] => [`${name}.json`, jsonSchemaOf(schema, name)]);
  return new Map([...files, ['envelope.json', jsonSchemaOf(envelope, 'envelope')], ['headers.json', headersSchema()]]);
}

/** The envelope as Kafka carries it: each attribute is a header `ce_<name>`, and headers are text. */
function headersSchema(): JsonSchema {
  const attributes = Object.entries(envelope.shape).map(([name, schema]): [string, JsonSchema] => {
    const { $schema: _dialect, title: _title, ...rest } = jsonSchemaOf(schema, name);
    const text: JsonSchema = { type: 'string', pattern: '^[1-9][0-9]*$', description: rest['description'] ?? '' };
    return [`ce_${name}`, rest['type'] === 'integer' ? text : rest];
  });
  const required = Object.entries(envelope.shape).filter(([, schema]) => !schema.safeParse(undefined).success);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'headers',
    type: 'object',
    properties: { 'content-type': { type: 'string', const: 'application/json' }, ...Object.fromEntries(attributes) },
    required: required.map(([name]) => `ce_${name}`),
  };
}

/** The same data without prototypes and undefined members. */
function plain(value: object): JsonSchema {
  return JSON.parse(JSON.stringify(value)) as JsonSchema;
}
