import { Migration } from '@mikro-orm/migrations';

/**
 * Holds all bookings up until the transaction ends, after those under way have ended: each locks an account first. A lock on the
 * table asks for more than the service may do to accounts, so the owner's function takes it.
 */
export class HeldBookingsMigration extends Migration {
  override up(): void {
    this
      .addSql(`CREATE FUNCTION hold_bookings() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
      BEGIN
        LOCK TABLE accounts IN EXCLUSIVE MODE;
      END $$`);
    this.addSql('REVOKE ALL ON FUNCTION hold_bookings() FROM PUBLIC');
    this.addSql('GRANT EXECUTE ON FUNCTION hold_bookings() TO recoup_ledger');
  }
}
