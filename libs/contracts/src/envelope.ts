import { z } from 'zod';
import { instant, sequence } from './primitives.js';

/**
 * CloudEvents 1.0 attributes in Kafka's binary mode: each is a header `ce_<name>`, the value is the data as JSON.
 * `subject` is the aggregate; `sequence` its running number within the producing service. Commands, results and
 * heartbeats have no sequence: they are told apart by action and chunk, or only ever the latest matters.
 */
export const envelope = z.strictObject({
  specversion: z.literal('1.0'),
  id: z.string().min(1),
  source: z.string().regex(/^\/recoup\/[a-z]+$/),
  type: z.string().regex(/^recoup\.[a-z]+\.[a-z-]+\.v\d+$/),
  subject: z.string().min(1),
  time: instant,
  sequence: sequence.optional(),
  correlationid: z.string().optional(),
  causationid: z.string().optional(),
});
export type Envelope = z.infer<typeof envelope>;

export type HeaderValues = Record<string, string | Uint8Array | (string | Uint8Array)[] | undefined>;

/** Kafka headers of an envelope. */
export function toHeaders(attributes: Envelope): Record<string, string> {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined) headers[`ce_${name}`] = String(value);
  return headers;
}

/**
 * The envelope that a message's headers carry. Headers that are not CloudEvents attributes are passed over.
 * @throws ZodError naming each attribute that is missing or malformed.
 */
export function fromHeaders(headers: HeaderValues): Envelope {
  const attributes: Record<string, unknown> = {};
  for (const name of Object.keys(envelope.shape)) {
    const text = headerText(headers[`ce_${name}`]);
    if (text !== undefined) attributes[name] = name === 'sequence' ? Number(text) : text;
  }
  return envelope.parse(attributes);
}

const decoder = new TextDecoder();

function headerText(value: HeaderValues[string]): string | undefined {
  const first = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' || first === undefined ? first : decoder.decode(first);
}
