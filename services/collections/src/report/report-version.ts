import { againstRule, gone } from '@recoup/service-kit';

/** The refusal of a version together with a day that it is not of; `where` the filter that names it stands. */
export function anotherDay(version: number, asOf: string, asked: string, where: string): Error {
  return againstRule(
    'report-version-of-another-day',
    `Version ${version} of the report is of ${asOf}, not of ${asked}.`,
    [
      {
        field: `${where}.reportVersion`,
        message: 'is a report of another day',
        expected: `asOf ${asOf}, or no reportVersion`,
      },
    ],
  );
}

/** The refusal of figures that were brought up to date since, or dropped. */
export function versionGone(version?: number): Error {
  return gone(
    'report-version-gone',
    `${version === undefined ? 'This' : `Version ${version} of the`} report is no longer kept: it was brought up to date since, or not read for an hour. Read it again without reportVersion.`,
  );
}
