import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { incompatibilities } from './publication/compatibility.js';
import { generatedFiles, packageFolder, releasedSchemas } from './publication/files.js';
import { jsonSchemaFiles } from './publication/json-schemas.js';

/**
 * Writes what is generated from the catalog: schemas/*.json and asyncapi.yaml. With `--release` it also keeps the schemas
 * as released ones, unless one of them breaks with what was released before.
 */
function generate(release: boolean): void {
  mkdirSync(`${packageFolder}schemas/released`, { recursive: true });
  for (const name of readdirSync(`${packageFolder}schemas`))
    if (name.endsWith('.json')) rmSync(`${packageFolder}schemas/${name}`);
  for (const [path, content] of generatedFiles()) writeFileSync(packageFolder + path, content);
  if (release) keepAsReleased();
}

function keepAsReleased(): void {
  const released = releasedSchemas();
  const current = jsonSchemaFiles();
  const problems = [...current].flatMap(([name, schema]) => {
    const before = released.get(name);
    return before ? incompatibilities(before, schema, name) : [];
  });
  if (problems.length > 0) throw new Error(`These changes need a new version of the type:\n${problems.join('\n')}`);
  for (const [name, schema] of current)
    writeFileSync(`${packageFolder}schemas/released/${name}`, `${JSON.stringify(schema, null, 2)}\n`);
}

generate(process.argv.includes('--release'));
