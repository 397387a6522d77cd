import { serviceConfigSchema } from '@recoup/service-kit';
import { z } from 'zod';

const gibibyte = 1024 ** 3;

/** The ledger's environment: the kit's, with the contact keys required, and the largest file that an import takes. */
export const configSchema = serviceConfigSchema.extend({
  RECOUP_CONTACT_KEYS: z.string().min(1),
  RECOUP_IMPORT_BYTES_MAX: z.coerce
    .number()
    .int()
    .min(1024)
    .default(2 * gibibyte),
});
export type LedgerConfig = z.infer<typeof configSchema>;
