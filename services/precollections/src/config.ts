import { serviceConfigSchema } from '@recoup/service-kit';
import { z } from 'zod';

/** The environment of precollections: the kit's, with the contact keys required, for the ledger's contact data is followed. */
export const configSchema = serviceConfigSchema.extend({ RECOUP_CONTACT_KEYS: z.string().min(1) });
export type PrecollectionsConfig = z.infer<typeof configSchema>;
