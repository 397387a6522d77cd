import { Body, Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import {
  Answer,
  CurrentActor,
  etag,
  idempotent,
  IdParam,
  IfMatch,
  Keyed,
  listAnswer,
  ListParam,
  Needs,
  selectPage,
  sql,
  type Actor,
  type KeyedRequest,
} from '@recoup/service-kit';
import { z } from 'zod';
import { namedList, type NamedQuery } from './reference-lists.js';
import {
  addReference,
  cancellationReasons,
  editReference,
  newCancellationReason,
  newServiceType,
  readReference,
  serviceTypes,
  type ReferenceRow,
} from './reference-data.js';

const anyRecord = z.record(z.string(), z.unknown());
type AnyRecord = z.infer<typeof anyRecord>;

function shown(reference: ReferenceRow, status = 200): Answer<ReferenceRow> {
  return new Answer(reference, status, etag(reference.version));
}

/** Service types, fee or not (LED-13). */
@Controller('service-types')
export class ServiceTypesController {
  constructor(private readonly orm: MikroORM) {}

  @Needs('service-types', 'read')
  @Get()
  async list(@ListParam(namedList) query: NamedQuery): Promise<Answer> {
    const parts = { columns: serviceTypes.columns, from: sql`service_types r`, scope: sql`TRUE` };
    return listAnswer('service-types', query.from, await selectPage(this.orm.em.fork(), query, parts));
  }

  @Needs('service-types', 'read')
  @Get(':id')
  async read(@IdParam() id: string): Promise<Answer<ReferenceRow>> {
    return shown(await readReference(this.orm.em.fork(), serviceTypes, id));
  }

  @Needs('service-types', 'create')
  @Post()
  @HttpCode(201)
  create(
    @Body({ schema: newServiceType }) body: z.infer<typeof newServiceType>,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<ReferenceRow>> {
    return idempotent(this.orm.em, keyed, async (tx) => shown(await addReference(tx, serviceTypes, actor, body), 201));
  }

  @Needs('service-types', 'edit')
  @Put(':id')
  edit(
    @IdParam() id: string,
    @Body({ schema: anyRecord }) body: AnyRecord,
    @IfMatch() version: number | undefined,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<ReferenceRow>> {
    return idempotent(this.orm.em, keyed, async (tx) =>
      shown(await editReference(tx, serviceTypes, actor, id, body, version)),
    );
  }
}

/** Cancellation reasons (LED-13). */
@Controller('cancellation-reasons')
export class CancellationReasonsController {
  constructor(private readonly orm: MikroORM) {}

  @Needs('cancellation-reasons', 'read')
  @Get()
  async list(@ListParam(namedList) query: NamedQuery): Promise<Answer> {
    const parts = { columns: cancellationReasons.columns, from: sql`cancellation_reasons r`, scope: sql`TRUE` };
    return listAnswer('cancellation-reasons', query.from, await selectPage(this.orm.em.fork(), query, parts));
  }

  @Needs('cancellation-reasons', 'read')
  @Get(':id')
  async read(@IdParam() id: string): Promise<Answer<ReferenceRow>> {
    return shown(await readReference(this.orm.em.fork(), cancellationReasons, id));
  }

  @Needs('cancellation-reasons', 'create')
  @Post()
  @HttpCode(201)
  create(
    @Body({ schema: newCancellationReason }) body: z.infer<typeof newCancellationReason>,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<ReferenceRow>> {
    return idempotent(this.orm.em, keyed, async (tx) =>
      shown(await addReference(tx, cancellationReasons, actor, body), 201),
    );
  }

  @Needs('cancellation-reasons', 'edit')
  @Put(':id')
  edit(
    @IdParam() id: string,
    @Body({ schema: anyRecord }) body: AnyRecord,
    @IfMatch() version: number | undefined,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<ReferenceRow>> {
    return idempotent(this.orm.em, keyed, async (tx) =>
      shown(await editReference(tx, cancellationReasons, actor, id, body, version)),
    );
  }
}
