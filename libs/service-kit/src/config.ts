import { z } from 'zod';

/** Reads `on` and `off` as a boolean. */
export const onOff = z.enum(['on', 'off']).transform((value) => value === 'on');

/** What every service reads from its environment; a service extends it with its own. */
export const serviceConfigSchema = z.object({
  PORT: z.coerce.number().int().min(0).max(65535),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  MIGRATION_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_POOL_MAX: z.coerce.number().int().min(2).max(200).default(20),
  KAFKA_BROKERS: z
    .string()
    .min(1)
    .transform((list) => list.split(',').map((broker) => broker.trim())),
  OIDC_ISSUER: z.url(),
  OIDC_AUDIENCE: z.string().default('recoup'),
  RECOUP_CONTACT_KEYS: z.string().optional(),
  RECOUP_TEST_CLOCK: onOff.default(false),
  RECOUP_TOPIC_PREFIX: z.string().default(''),
  RECOUP_TOPIC_REPLICATION: z.coerce.number().int().min(1).max(9).default(1),
  RECOUP_INSTANCE: z.string().default(`${process.pid}`),
  /** Requests that one user may send to one replica in 10 s; 0 is no limit. */
  RECOUP_RATE_LIMIT: z.coerce.number().int().min(0).default(300),
  RECOUP_FAILPOINTS: z.string().default(''),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});
export type ServiceConfig = z.infer<typeof serviceConfigSchema>;

/**
 * The frozen configuration that a schema reads from an environment.
 * @throws Error that names each variable, what is wrong with it and what would be right.
 */
export function readConfig<T extends z.ZodObject>(
  schema: T,
  env: NodeJS.ProcessEnv = process.env,
): Readonly<z.infer<T>> {
  const result = schema.safeParse(env);
  if (result.success) return Object.freeze(result.data);
  const problems = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The environment is not usable. ${problems.join('; ')}`);
}
