import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { MikroORM } from '@mikro-orm/postgresql';
import { ineligible, stage, type AccountStatus, type EligibilityAction, type Stage } from '@recoup/contracts';
import {
  againstRule,
  Clock,
  correlationId,
  CurrentActor,
  IdParam,
  idempotent,
  Keyed,
  Needs,
  notFound,
  officeScope,
  row,
  sql,
  type Actor,
  type Answer,
  type Db,
  type KeyedRequest,
} from '@recoup/service-kit';
import { z } from 'zod';
import { changeFlagsSql } from '../flags/change-flags.sql.js';
import { checkFlagCodes, flagCodes, type FlagCodes } from '../flags/flag-codes.js';
import { changeStagesSql } from './change-stages.sql.js';
import { lockStates } from './lock-states.js';

const wantedStage = z.strictObject({ stage });

/** An account's state in collections after a change on its card. */
interface AccountState {
  readonly id: string;
  readonly stage: Stage;
  readonly flags: readonly string[];
}

/** Stage and flags set on an account's card (COL-1, COL-2, REP-6): the bulk actions' statements, for one account. */
@ApiTags('accounts')
@Controller('accounts')
export class AccountCardController {
  constructor(
    private readonly orm: MikroORM,
    private readonly clock: Clock,
  ) {}

  /** Sets the stage; the stage it has already changes nothing. */
  @Needs('account-stage', 'edit')
  @Post(':id/stage')
  @HttpCode(200)
  setStage(
    @IdParam() id: string,
    @Body({ schema: wantedStage }) body: z.infer<typeof wantedStage>,
    @CurrentActor() actor: Actor,
    @Keyed() request: KeyedRequest,
  ): Promise<Answer<AccountState>> {
    return idempotent(this.orm.em.fork(), request, async (tx) => {
      await this.lock(tx, id, actor, 'update-stage');
      await row(
        tx,
        changeStagesSql({
          target: sql`SELECT ${id}::uuid AS account_id, ${body.stage}::text AS stage, NULL::text AS expected, NULL::text AS barred`,
          ...this.change(actor),
        }),
      );
      return { status: 200, body: await readState(tx, id) };
    });
  }

  /** Adds and removes flags: active ones to add only. */
  @Needs('account-flags', 'edit')
  @Post(':id/flags')
  @HttpCode(200)
  setFlags(
    @IdParam() id: string,
    @Body({ schema: flagCodes }) body: FlagCodes,
    @CurrentActor() actor: Actor,
    @Keyed() request: KeyedRequest,
  ): Promise<Answer<AccountState>> {
    return idempotent(this.orm.em.fork(), request, async (tx) => {
      await this.lock(tx, id, actor, 'flags');
      await checkFlagCodes(tx, body);
      const { add, remove } = body;
      await row(
        tx,
        changeFlagsSql({
          target: sql`SELECT ${id}::uuid AS account_id, ${add}::text[] AS add, ${remove}::text[] AS remove, NULL::text[] AS expected, NULL::text AS barred`,
          concerned: [...add, ...remove],
          ...this.change(actor),
        }),
      );
      return { status: 200, body: await readState(tx, id) };
    });
  }

  private change(actor: Actor) {
    const nothing = { record: sql``, result: sql`SELECT count(*) AS changed FROM changed` };
    return { ...nothing, actor: actor.user, bulkActionId: null, now: this.clock.now(), correlationId: correlationId() };
  }

  /** Locks the account's state, if the actor may see the account and its status allows the change. */
  private async lock(tx: Db, id: string, actor: Actor, action: EligibilityAction): Promise<void> {
    const account = await row<{ status: AccountStatus }>(
      tx,
      sql`SELECT a.status FROM accounts a JOIN offices o ON o.id = a.office_id WHERE a.id = ${id} AND ${officeScope(actor, sql`o.code`)}`,
    );
    if (!account) throw notFound('account');
    const reason = ineligible(action, account.status);
    if (reason) throw againstRule(reason, `The account is ${account.status}; that can't be changed.`);
    await lockStates(tx, sql`SELECT ${id}::uuid AS account_id`);
  }
}

async function readState(tx: Db, id: string): Promise<AccountState> {
  const state = await row<AccountState>(
    tx,
    sql`SELECT s.account_id AS id, s.stage, ARRAY(SELECT f.code FROM account_flags af JOIN flags f ON f.id = af.flag_id
                                                  WHERE af.account_id = s.account_id ORDER BY f.code) AS flags
        FROM account_states s WHERE s.account_id = ${id}`,
  );
  if (!state) throw notFound('account');
  return state;
}
