import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { incompatibilities } from './compatibility.js';
import { jsonSchemaOf } from './json-schemas.js';

const released = {
  accountId: z.guid(),
  amount: z.int().min(0),
  stage: z.enum(['not-set', 'pending', 'sent']),
  reason: z.string().max(40).nullable(),
  lines: z.array(z.object({ code: z.string() })).max(1000),
  note: z.string().optional(),
};

function problemsOf(changes: Partial<Record<string, z.ZodType>>): string[] {
  const current: Record<string, z.ZodType> = { ...released };
  for (const [name, schema] of Object.entries(changes)) {
    if (schema) current[name] = schema;
    else delete current[name];
  }
  return incompatibilities(jsonSchemaOf(z.object(released), 'old'), jsonSchemaOf(z.object(current), 'new'));
}

describe('incompatibilities', () => {
  it('are none when nothing changed, or only what people read', () => {
    expect(problemsOf({})).toEqual([]);
    expect(problemsOf({ amount: z.int().min(0).describe('Minor units') })).toEqual([]);
  });

  it('are none when an optional field was added, at any depth', () => {
    expect(problemsOf({ currency: z.string().optional() })).toEqual([]);
    const lines = z.array(z.object({ code: z.string(), text: z.string().optional() })).max(1000);
    expect(problemsOf({ lines })).toEqual([]);
  });

  it.each<[string, Partial<Record<string, z.ZodType>>, RegExp[]]>([
    ['a required field was added', { currency: z.string() }, [/data\.currency became required/]],
    ['a field was removed', { note: undefined }, [/data\.note was removed/]],
    [
      'a required field was removed',
      { amount: undefined },
      [/data\.amount was removed/, /data\.amount is no longer required/],
    ],
    ['an optional field became required', { note: z.string() }, [/data\.note became required/]],
    ['a required field became optional', { amount: z.int().min(0).optional() }, [/data\.amount is no longer required/]],
    ['an enum was narrowed', { stage: z.enum(['not-set', 'sent']) }, [/data\.stage no longer allows "pending"/]],
    ['an enum was widened', { stage: z.enum(['not-set', 'pending', 'sent', 'held']) }, [/newly allows "held"/]],
    ['a type changed', { amount: z.string() }, [/its type changed from "integer" to "string"/, /./, /./]],
    ['a lower limit was tightened', { amount: z.int().min(1) }, [/minimum was tightened from 0 to 1/]],
    ['a lower limit was loosened', { amount: z.int().min(-5) }, [/minimum was loosened from 0 to -5/]],
    [
      'an upper limit was tightened',
      { reason: z.string().max(20).nullable() },
      [/maxLength was tightened from 40 to 20/],
    ],
    [
      'an upper limit was taken away',
      { lines: z.array(z.object({ code: z.string() })) },
      [/maxItems was loosened from 1000 to none/],
    ],
    [
      'a limit below null was taken away',
      { reason: z.string().nullable() },
      [/maxLength was loosened from 40 to none/],
    ],
    [
      'a length of a list was tightened',
      { lines: z.array(z.object({ code: z.string() })).max(10) },
      [/maxItems was tight/],
    ],
    [
      'a field of a list changed',
      { lines: z.array(z.object({})).max(1000) },
      [/data\.lines\[\]\.code was removed/, /./],
    ],
    ['null is no longer allowed', { reason: z.string().max(40) }, [/./, /./, /anyOf changed/]],
    ['a format changed', { accountId: z.string() }, [/format changed from "uuid" to none/]],
  ])('tell that %s', (_what, changes, expected) => {
    const problems = problemsOf(changes);
    expect(problems).toHaveLength(expected.length);
    const all = problems.join('\n');
    for (const pattern of expected) expect(all).toMatch(pattern);
  });

  it('don’t depend on the order of fields', () => {
    const turned = Object.fromEntries(Object.entries(released).toReversed());
    const old = jsonSchemaOf(z.object(released), 'old');
    expect(incompatibilities(old, jsonSchemaOf(z.object(turned), 'new'))).toEqual([]);
  });
});
