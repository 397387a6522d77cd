import { Body, Controller, Delete, Get, HttpCode, Post, Put } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import {
  changed,
  created,
  CurrentActor,
  IdParam,
  IfMatch,
  Keyed,
  listAnswer,
  Needs,
  sentFields,
  shown,
  type Actor,
  type Answer,
  type KeyedRequest,
  type SentFields,
} from '@recoup/service-kit';
import { mappingSchema, type Mapping } from '../mapping.js';
import { addMapping, removeMapping, replaceMapping } from './keep-mapping.js';
import { readKeptMapping, readMappings, type KeptMapping, type MappingView } from './kept-mapping.js';

/** Mappings of imports: those that ship, and those that people keep for further files of the same kind (LED-60). */
@Controller('import-mappings')
export class MappingsController {
  constructor(private readonly orm: MikroORM) {}

  /** All of them, those that ship first; `shipped` tells them apart. An import takes either by its name. */
  @Needs('import-mappings', 'read')
  @Get()
  async list(): Promise<Answer<MappingView[]>> {
    const all = await readMappings(this.orm.em.fork());
    return listAnswer('import-mappings', 0, { rows: all, total: all.length });
  }

  @Needs('import-mappings', 'read')
  @Get(':id')
  async read(@IdParam() id: string): Promise<Answer<KeptMapping>> {
    return shown(await readKeptMapping(this.orm.em.fork(), id));
  }

  /** Keeps a mapping under its name; one that is taken, also by a mapping that ships, is 409 `name-taken`. */
  @Needs('import-mappings', 'create')
  @Post()
  @HttpCode(201)
  create(
    @Body({ schema: mappingSchema }) body: Mapping,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<KeptMapping>> {
    return created(this.orm.em.fork(), keyed, (tx) => addMapping(tx, actor, body));
  }

  /** Replaces what a kept mapping says, for imports to come; its name stays. */
  @Needs('import-mappings', 'edit')
  @Put(':id')
  edit(
    @IdParam() id: string,
    @Body({ schema: sentFields }) body: SentFields,
    @IfMatch() version: number | undefined,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<KeptMapping>> {
    return changed(this.orm.em.fork(), keyed, (tx) => replaceMapping(tx, actor, id, body, version));
  }

  /** Removes a kept mapping; imports that it was used for keep it as it was. */
  @Needs('import-mappings', 'edit')
  @Delete(':id')
  remove(
    @IdParam() id: string,
    @IfMatch() version: number | undefined,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<KeptMapping>> {
    return changed(this.orm.em.fork(), keyed, (tx) => removeMapping(tx, actor, id, version));
  }
}
