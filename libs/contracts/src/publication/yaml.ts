import type { Json } from './json-schemas.js';

/** Keys and texts that YAML reads as they stand; everything else is written as a JSON string, which YAML reads too. */
const plainKey = /^[$A-Za-z_][A-Za-z0-9_$.:/-]*[A-Za-z0-9_$]$|^[A-Za-z]$/;
const notText = new Set(['true', 'false', 'null', 'yes', 'no', 'on', 'off', 'y', 'n']);

/**
 * Writes data as block YAML, keys in the order in which they stand: the same data gives the same bytes.
 */
export function toYaml(value: Json, depth = 0): string {
  const indent = '  '.repeat(depth);
  if (isList(value)) return value.map((each) => `${indent}-${nested(each, depth)}`).join('');
  if (isObject(value)) {
    return Object.entries(value)
      .map(([key, each]) => `${indent}${quotedKey(key)}:${nested(each, depth)}`)
      .join('');
  }
  return `${indent}${JSON.stringify(value)}\n`;
}

function nested(value: Json, depth: number): string {
  if (isList(value)) return value.length === 0 ? ' []\n' : `\n${toYaml(value, depth + 1)}`;
  if (isObject(value)) return Object.keys(value).length === 0 ? ' {}\n' : `\n${toYaml(value, depth + 1)}`;
  return ` ${JSON.stringify(value)}\n`;
}

function quotedKey(key: string): string {
  return plainKey.test(key) && !notText.has(key.toLowerCase()) ? key : JSON.stringify(key);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
