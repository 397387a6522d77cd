import { Injectable, Logger, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { MikroORM } from '@mikro-orm/postgresql';
import { recordAudit } from '../audit/audit.js';
import { forbidden, unauthenticated } from '../http/problem.js';
import { RateLimiter } from '../http/rate-limiter.js';
import { needsKey, publicKey, type ActorRequest, type Need } from './access.js';
import type { Actor } from './actor.js';
import { may } from './permissions.js';
import { TokenVerifier } from './token-verifier.js';

/** Verifies the token of every request and asks the role table; what is refused is logged, and audited by actor (S20). */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  private readonly logger = new Logger('Access');

  constructor(
    private readonly reflector: Reflector,
    private readonly verifier: TokenVerifier,
    private readonly limiter: RateLimiter,
    private readonly orm: MikroORM,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(publicKey, targets)) return true;
    const need = this.reflector.getAllAndOverride<Need | undefined>(needsKey, targets);
    const request = context.switchToHttp().getRequest<ActorRequest>();
    const actor = await this.actorOf(request);
    this.limiter.take(`user:${actor.user}`);
    if (!need || !may(actor.role, need.resource, need.action)) return this.deny(actor, need, request);
    request.actor = actor;
    return true;
  }

  private async actorOf(request: ActorRequest): Promise<Actor> {
    const [, token] = /^Bearer ([A-Za-z0-9._~+/=-]+)$/i.exec(request.get('authorization') ?? '') ?? [];
    if (token === undefined) throw unauthenticated('A bearer token is needed.');
    try {
      return await this.verifier.actorOf(token);
    } catch (error) {
      this.logger.warn({ method: request.method, path: request.path }, 'A token was refused');
      throw error;
    }
  }

  private async deny(actor: Actor, need: Need | undefined, request: ActorRequest): Promise<never> {
    const wanted = need ? `${need.action} ${need.resource}` : 'this';
    this.logger.warn({ actor: actor.user, role: actor.role, wanted }, 'Access was denied');
    const after = { role: actor.role, method: request.method, path: request.path, wanted };
    await recordAudit(this.orm.em.fork(), {
      actor: actor.user,
      action: 'access-denied',
      entityType: need?.resource ?? 'route',
      after,
    });
    throw forbidden(`The role ${actor.role} may not ${wanted}.`);
  }
}
