import { z } from 'zod';
import { instant } from './primitives.js';

/**
 * What a relay says each 5 s: the last offset that the broker acknowledged, by topic and partition (index), −1 where
 * nothing was written. A consumer that has passed them is current as of `at`.
 */
export const heartbeat = z
  .object({
    service: z.string(),
    at: instant,
    offsets: z.record(z.string(), z.array(z.int().min(-1))),
  })
  .describe('How far the topics of a service are written, said every five seconds.');
export type Heartbeat = z.infer<typeof heartbeat>;
