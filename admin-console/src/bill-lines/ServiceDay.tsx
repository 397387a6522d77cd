import { Typography } from '@mui/material';
import { Day } from '../dates/Day.js';
import { ServiceTypeName } from '../reference-data/ServiceTypeName.js';
import type { BillLine } from './billLine.js';

/** The day of the service that a line is of, and below it which service it was. */
export function ServiceDay({ line }: { line: Pick<BillLine, 'dateOfService' | 'serviceTypeCode'> }) {
  return (
    <>
      <Day date={line.dateOfService} />
      <Typography variant="caption" component="div" sx={{ color: 'text.secondary' }}>
        <ServiceTypeName code={line.serviceTypeCode} />
      </Typography>
    </>
  );
}
