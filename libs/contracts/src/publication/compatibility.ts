import type { Json, JsonSchema } from './json-schemas.js';

/** Keywords that tell people something and decide nothing. */
const annotations = new Set([
  '$schema',
  '$id',
  '$comment',
  'title',
  'description',
  'examples',
  'default',
  'deprecated',
]);

/** Limits and the direction in which each gets tighter. */
const limits: Readonly<Record<string, 'up' | 'down'>> = {
  minimum: 'up',
  exclusiveMinimum: 'up',
  minLength: 'up',
  minItems: 'up',
  maximum: 'down',
  exclusiveMaximum: 'down',
  maxLength: 'down',
  maxItems: 'down',
};

/**
 * What makes a new schema of a released message unfit, one sentence each, with the path; none when it only gained
 * optional fields. Readers of the released schema live on, and so do the messages written by it: whatever one side
 * would refuse is refused here, a looser limit like a tighter one. A change of meaning is a new version beside the old.
 */
export function incompatibilities(released: JsonSchema, current: JsonSchema, path = 'data'): string[] {
  const [before, after] = [alike(released), alike(current)];
  const keywords = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keywords]
    .filter((keyword) => !annotations.has(keyword))
    .flatMap((keyword) => compare(keyword, before[keyword], after[keyword], path));
}

/** A list of types and a choice of schemas say the same; the generator takes the one or the other by what else is said. */
function alike(schema: JsonSchema): JsonSchema {
  const { type, ...rest } = schema;
  return Array.isArray(type) ? { ...rest, anyOf: list(type).map((each) => ({ type: each })) } : schema;
}

function compare(keyword: string, before: Json | undefined, after: Json | undefined, path: string): string[] {
  switch (keyword) {
    case 'properties':
      return properties(schemas(before), schemas(after), path);
    case 'required':
      return required(texts(before), texts(after), path);
    case 'enum':
      return values(before, after, path);
    case 'type':
      return same(before, after) ? [] : [`${path}: its type changed from ${show(before)} to ${show(after)}`];
    case 'items':
    case 'additionalProperties':
    case 'propertyNames':
      return isSchema(before) && isSchema(after)
        ? incompatibilities(before, after, keyword === 'items' ? `${path}[]` : `${path}.*`)
        : changed(keyword, before, after, path);
    case 'anyOf':
    case 'oneOf':
    case 'allOf':
      return variants(keyword, before, after, path);
    default:
      return keyword in limits ? limit(keyword, before, after, path) : changed(keyword, before, after, path);
  }
}

function properties(before: Record<string, JsonSchema>, after: Record<string, JsonSchema>, path: string): string[] {
  return Object.entries(before).flatMap(([name, schema]) => {
    const now = after[name];
    return now ? incompatibilities(schema, now, `${path}.${name}`) : [`${path}.${name} was removed`];
  });
}

function required(before: readonly string[], after: readonly string[], path: string): string[] {
  const added = after.filter((name) => !before.includes(name));
  const dropped = before.filter((name) => !after.includes(name));
  return [
    ...added.map((name) => `${path}.${name} became required: messages written before may lack it`),
    ...dropped.map((name) => `${path}.${name} is no longer required: readers of the released schema need it`),
  ];
}

function values(before: Json | undefined, after: Json | undefined, path: string): string[] {
  const old = list(before);
  const now = list(after);
  if (before === undefined || after === undefined) return changed('enum', before, after, path);
  return [
    ...old
      .filter((value) => !now.some((each) => same(each, value)))
      .map((value) => `${path} no longer allows ${show(value)}`),
    ...now
      .filter((value) => !old.some((each) => same(each, value)))
      .map((value) => `${path} newly allows ${show(value)}, which readers of the released schema refuse`),
  ];
}

function variants(keyword: string, before: Json | undefined, after: Json | undefined, path: string): string[] {
  const old = list(before);
  const now = list(after);
  if (old.length !== now.length) return changed(keyword, before, after, path);
  return old.flatMap((variant, index) => {
    const other = now[index];
    return isSchema(variant) && isSchema(other) ? incompatibilities(variant, other, path) : [];
  });
}

function limit(keyword: string, before: Json | undefined, after: Json | undefined, path: string): string[] {
  if (same(before, after)) return [];
  const up = limits[keyword] === 'up';
  const none = up ? -Infinity : Infinity;
  const [old, now] = [typeof before === 'number' ? before : none, typeof after === 'number' ? after : none];
  const tighter = up ? now > old : now < old;
  return [`${path}: ${keyword} was ${tighter ? 'tightened' : 'loosened'} from ${show(before)} to ${show(after)}`];
}

function changed(keyword: string, before: Json | undefined, after: Json | undefined, path: string): string[] {
  return same(before, after) ? [] : [`${path}: ${keyword} changed from ${show(before)} to ${show(after)}`];
}

function schemas(value: Json | undefined): Record<string, JsonSchema> {
  return (isSchema(value) ? value : {}) as Record<string, JsonSchema>;
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function texts(value: Json | undefined): string[] {
  return list(value).filter((each) => typeof each === 'string');
}

function isSchema(value: Json | undefined): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether two pieces of a schema say the same, whatever the order of their members. */
function same(a: Json | undefined, b: Json | undefined): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return (value as readonly Json[]).map((each) => sorted(each) ?? null);
  if (!isSchema(value)) return value;
  const keys = Object.keys(value).toSorted();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key]) ?? null]));
}

function show(value: Json | undefined): string {
  return value === undefined ? 'none' : JSON.stringify(value);
}
