import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { incompatibilities } from './compatibility.js';
import { generatedFiles, packageFolder, releasedSchemas } from './files.js';
import { jsonSchemaFiles } from './json-schemas.js';

describe('what is generated from the catalog', () => {
  it.each([...generatedFiles()])('%s is checked in as it is generated', (path, content) => {
    expect(readFileSync(packageFolder + path, 'utf8')).toBe(content);
  });

  it('is all that lies among the schemas', () => {
    const files = readdirSync(`${packageFolder}schemas`).filter((name) => name.endsWith('.json'));
    expect(files.toSorted()).toEqual([...jsonSchemaFiles().keys()].toSorted());
  });

  it('has a description for each message', () => {
    const messages = [...jsonSchemaFiles()].filter(([name]) => name.startsWith('recoup.'));
    const undescribed = messages.filter(([, schema]) => !String(schema['description']).endsWith('.'));
    expect(undescribed.map(([name]) => name)).toEqual([]);
  });
});

describe('a released type', () => {
  it.each([...releasedSchemas()])('%s is still there, and gained optional fields at most', (name, released) => {
    const current = jsonSchemaFiles().get(name);
    expect(current ? incompatibilities(released, current, name) : ['it was removed']).toEqual([]);
  });
});
