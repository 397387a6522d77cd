import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { MikroORM } from '@mikro-orm/postgresql';
import { rows, sql } from '../database/database.js';
import { Answer } from '../http/answer.js';
import { Public } from '../identity/access.js';

/** Something that a service needs: `check` throws, with a message fit for operators, while it is not up. */
export interface HealthIndicator {
  readonly name: string;
  check(): Promise<void> | void;
}

export const HEALTH_INDICATORS = Symbol('health indicators');

const checkTimeoutMs = 2000;

/** Liveness and readiness for launchers and orchestrators; without token. */
@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(
    @Inject(HEALTH_INDICATORS) private readonly indicators: readonly HealthIndicator[],
    private readonly orm: MikroORM,
  ) {}

  /** 200 as soon as the process answers. */
  @Public()
  @Get('live')
  live(): object {
    return { status: 'up' };
  }

  /** 200 when everything that the service needs is up, else 503; `checks` says which is not. */
  @Public()
  @Get('ready')
  async ready(): Promise<Answer> {
    const database: HealthIndicator = {
      name: 'database',
      check: async () => void (await rows(this.orm.em.fork(), sql`SELECT 1`)),
    };
    const checks = await Promise.all([database, ...this.indicators].map(checked));
    const up = checks.every(({ status }) => status === 'up');
    return new Answer({ status: up ? 'up' : 'down', checks }, up ? 200 : 503);
  }
}

async function checked({
  name,
  check,
}: HealthIndicator): Promise<{ name: string; status: 'up' | 'down'; reason?: string }> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`gave no answer within ${checkTimeoutMs} ms`)), checkTimeoutMs);
  });
  try {
    await Promise.race([check(), late]);
    return { name, status: 'up' };
  } catch (error) {
    const reason = name === 'database' || !(error instanceof Error) ? 'can not be reached' : error.message;
    return { name, status: 'down', reason };
  } finally {
    clearTimeout(timer);
  }
}
