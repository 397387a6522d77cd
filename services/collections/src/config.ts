import { onOff, serviceConfigSchema } from '@recoup/service-kit';
import { z } from 'zod';

/** The environment of collections: the kit's, with the contact keys required, and what agencies and approvals need. */
export const configSchema = serviceConfigSchema.extend({
  RECOUP_CONTACT_KEYS: z.string().min(1),
  /** Root of the folder transport: each agency has a folder of its code below it. */
  RECOUP_AGENCIES_DIR: z.string().min(1),
  /** Whether large or irreversible actions wait for a second person; off for load tests only. */
  RECOUP_APPROVAL_LIMITS: onOff.default(true),
});
export type CollectionsConfig = z.infer<typeof configSchema>;
