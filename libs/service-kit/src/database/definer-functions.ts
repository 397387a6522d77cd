import { Migration } from '@mikro-orm/migrations';

/**
 * Functions that run with the owner's rights look for tables in the temporary schema last. Unless their search path names it,
 * PostgreSQL looks there first: a service could have put a table of its own in the place of a book.
 */
export class DefinerFunctionsMigration extends Migration {
  override up(): void {
    this.addSql(`DO $$ DECLARE definer regprocedure; BEGIN
      FOR definer IN SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = public, pg_temp', definer);
      END LOOP;
    END $$`);
  }
}
