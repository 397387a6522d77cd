import { z } from 'zod';
import { instant } from './primitives.js';

/**
 * An administrator set the test clock at one of the services: for all of them it is `instant` at the real instant `setAt`,
 * and runs on from there (`rulings`, 29). Only the setting made last counts.
 */
export const clockSet = z
  .object({ instant, setAt: instant, setBy: z.string() })
  .describe('The test clock was set at one of the services, for all of them.');
