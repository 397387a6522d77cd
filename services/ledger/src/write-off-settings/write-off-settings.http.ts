import { Body, Controller, Get, Put } from '@nestjs/common';
import { MikroORM } from '@mikro-orm/postgresql';
import {
  changed,
  CurrentActor,
  IfMatch,
  Keyed,
  Needs,
  shown,
  type Actor,
  type Answer,
  type KeyedRequest,
} from '@recoup/service-kit';
import { changeWriteOffSettings, readWriteOffSettings } from './change-write-off-settings.js';
import { newWriteOffSettings, type NewWriteOffSettings, type WriteOffSettings } from './write-off-settings.js';

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
    return changed(this.orm.em, keyed, (tx) => changeWriteOffSettings(tx, actor, body, version));
  }
}
