import { Temporal } from 'temporal-polyfill';

/**
 * The business clock: jobs, reports, as-of dates and contact hours follow it. Tokens, logs, leases, retries and the
 * relay use real time instead (`rulings`, 29).
 */
export abstract class Clock {
  /** The instant now, ISO 8601 in UTC with milliseconds. */
  abstract now(): string;

  /** The business date now in an IANA time zone, `YYYY-MM-DD`. */
  today(timeZone: string): string {
    return businessDateOf(this.now(), timeZone);
  }
}

/** The calendar day of an instant in an IANA time zone, `YYYY-MM-DD`. */
export function businessDateOf(instant: string, timeZone: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** Real time. */
export class SystemClock extends Clock {
  override now(): string {
    return new Date().toISOString();
  }
}

/** Always the same instant, for tests; `set` moves it. */
export class FixedClock extends Clock {
  constructor(private instant: string) {
    super();
  }

  set(instant: string): void {
    this.instant = instant;
  }

  override now(): string {
    return this.instant;
  }
}
