import { Body, Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import {
  changed,
  created,
  CurrentActor,
  IdParam,
  IfMatch,
  Keyed,
  ListParam,
  Needs,
  sentFields,
  shown,
  type Actor,
  type Answer,
  type KeyedRequest,
  type SentFields,
} from '@recoup/service-kit';
import { z } from 'zod';
import { namedList, type NamedQuery } from './reference-lists.js';
import {
  addReference,
  cancellationReasons,
  editReference,
  newCancellationReason,
  newServiceType,
  serviceTypes,
  type ReferenceRow,
} from './reference-data.js';

/** Service types, fee or not (LED-13). */
@Controller('service-types')
export class ServiceTypesController {
  constructor(private readonly orm: MikroORM) {}

  @Needs('service-types', 'read')
  @Get()
  list(@ListParam(namedList) query: NamedQuery, @CurrentActor() actor: Actor): Promise<Answer<ReferenceRow[]>> {
    return serviceTypes.rows.page(this.orm.em.fork(), query, actor);
  }

  @Needs('service-types', 'read')
  @Get(':id')
  async read(@IdParam() id: string, @CurrentActor() actor: Actor): Promise<Answer<ReferenceRow>> {
    return shown(await serviceTypes.rows.one(this.orm.em.fork(), id, actor));
  }

  @Needs('service-types', 'create')
  @Post()
  @HttpCode(201)
  create(
    @Body({ schema: newServiceType }) body: z.infer<typeof newServiceType>,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<ReferenceRow>> {
    return created(this.orm.em, keyed, (tx) => addReference(tx, serviceTypes, actor, body));
  }

  @Needs('service-types', 'edit')
  @Put(':id')
  edit(
    @IdParam() id: string,
    @Body({ schema: sentFields }) body: SentFields,
    @IfMatch() version: number | undefined,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<ReferenceRow>> {
    return changed(this.orm.em, keyed, (tx) => editReference(tx, serviceTypes, actor, id, body, version));
  }
}

/** Cancellation reasons (LED-13). */
@Controller('cancellation-reasons')
export class CancellationReasonsController {
  constructor(private readonly orm: MikroORM) {}

  @Needs('cancellation-reasons', 'read')
  @Get()
  list(@ListParam(namedList) query: NamedQuery, @CurrentActor() actor: Actor): Promise<Answer<ReferenceRow[]>> {
    return cancellationReasons.rows.page(this.orm.em.fork(), query, actor);
  }

  @Needs('cancellation-reasons', 'read')
  @Get(':id')
  async read(@IdParam() id: string, @CurrentActor() actor: Actor): Promise<Answer<ReferenceRow>> {
    return shown(await cancellationReasons.rows.one(this.orm.em.fork(), id, actor));
  }

  @Needs('cancellation-reasons', 'create')
  @Post()
  @HttpCode(201)
  create(
    @Body({ schema: newCancellationReason }) body: z.infer<typeof newCancellationReason>,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<ReferenceRow>> {
    return created(this.orm.em, keyed, (tx) => addReference(tx, cancellationReasons, actor, body));
  }

  @Needs('cancellation-reasons', 'edit')
  @Put(':id')
  edit(
    @IdParam() id: string,
    @Body({ schema: sentFields }) body: SentFields,
    @IfMatch() version: number | undefined,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<ReferenceRow>> {
    return changed(this.orm.em, keyed, (tx) => editReference(tx, cancellationReasons, actor, id, body, version));
  }
}
