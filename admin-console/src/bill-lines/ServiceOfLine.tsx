import { Typography } from '@mui/material';
import { ServiceTypeName } from '../reference-data/ServiceTypeName.js';
import type { ServiceLine } from './billLine.js';

/** What was charged: the type of the service, and below it what the line itself says of it. */
export function ServiceOfLine({ line }: { line: Pick<ServiceLine, 'serviceTypeCode' | 'description'> }) {
  return (
    <>
      <Typography variant="inherit" component="div" sx={{ fontWeight: 600 }}>
        <ServiceTypeName code={line.serviceTypeCode} />
      </Typography>
      {line.description && (
        <Typography variant="caption" component="div" sx={{ color: 'text.secondary' }}>
          {line.description}
        </Typography>
      )}
    </>
  );
}
