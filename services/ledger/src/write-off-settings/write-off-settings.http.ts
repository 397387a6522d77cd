import { Body, Controller, Get, Put } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import {
  Answer,
  CurrentActor,
  etag,
  idempotent,
  IfMatch,
  Keyed,
  Needs,
  type Actor,
  type KeyedRequest,
} from '@recoup/service-kit';
import { changeWriteOffSettings, readWriteOffSettings } from './change-write-off-settings.js';
import { newWriteOffSettings, type NewWriteOffSettings, type WriteOffSettings } from './write-off-settings.js';

function shown(settings: WriteOffSettings): Answer<WriteOffSettings> {
  return new Answer(settings, 200, etag(settings.version));
}

/** Custom write-offs: how many are in use, and what they are called (LED-12). */
@Controller('write-off-settings')
export class WriteOffSettingsController {
  constructor(private readonly orm: MikroORM) {}

  /** `{inUse, writeOffs: [{number, code, name, plural, used}], version}`; what isn't in use is not shown. */
  @Needs('write-off-settings', 'read')
  @Get()
  async read(): Promise<Answer<WriteOffSettings>> {
    return shown(await readWriteOffSettings(this.orm.em.fork()));
  }

  /** The whole of the settings: `inUse` and exactly as many entries with name and plural. */
  @Needs('write-off-settings', 'edit')
  @Put()
  change(
    @Body({ schema: newWriteOffSettings }) body: NewWriteOffSettings,
    @IfMatch() version: number | undefined,
    @Keyed() keyed: KeyedRequest,
    @CurrentActor() actor: Actor,
  ): Promise<Answer<WriteOffSettings>> {
    return idempotent(this.orm.em, keyed, async (tx) => shown(await changeWriteOffSettings(tx, actor, body, version)));
  }
}
