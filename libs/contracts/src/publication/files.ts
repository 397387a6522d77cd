import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { jsonSchemaFiles, type JsonSchema } from './json-schemas.js';
import { asyncApiDocument } from './asyncapi.js';
import { toYaml } from './yaml.js';

/** The package's folder, from the compiled file. */
export const packageFolder = fileURLToPath(new URL('../../', import.meta.url));

/** Path below the package → bytes, for everything that is generated from the catalog. */
export function generatedFiles(): Map<string, string> {
  const schemas = [...jsonSchemaFiles()].map(([name, schema]): [string, string] => [
    `schemas/${name}`,
    `${JSON.stringify(schema, null, 2)}\n`,
  ]);
  const { version } = JSON.parse(readFileSync(`${packageFolder}package.json`, 'utf8')) as { version: string };
  return new Map([...schemas, ['asyncapi.yaml', toYaml(asyncApiDocument(version))]]);
}

/** Type → schema as it was released; a type that was never released is not among them. */
export function releasedSchemas(): Map<string, JsonSchema> {
  const folder = `${packageFolder}schemas/released`;
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return new Map(
    names.map((name) => [name, JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as JsonSchema] as const),
  );
}
