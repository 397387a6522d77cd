import { describe, expect, it } from '@jest/globals';
import { correlationId, withCorrelation } from './correlation.js';
import { createLogger } from './logger.js';

function logged(write: (logger: ReturnType<typeof createLogger>) => void): Record<string, unknown> {
  const lines: string[] = [];
  write(createLogger('ledger', 'info', { write: (line: string) => void lines.push(line) }));
  return JSON.parse(lines[0] ?? '{}');
}

describe('a log line', () => {
  it('blanks out personal data and secrets, at the top and below', () => {
    const line = logged((logger) =>
      logger.info(
        {
          email: 'ana@example.org',
          contact: { phone: '+12125550100', name: 'Ana' },
          headers: { authorization: 'Bearer x' },
          req: { headers: { cookie: 'sid=1' } },
        },
        'seen',
      ),
    );
    expect(JSON.stringify(line)).not.toMatch(/ana@|"ana|2125550|Bearer|sid=/i);
    expect(line['contact']).toEqual({ phone: '[redacted]', name: '[redacted]' });
  });

  it('carries the correlation id of what is being worked on', () => {
    const line = withCorrelation('abc-1', () => logged((logger) => logger.info('done')));
    expect(line).toMatchObject({ correlationId: 'abc-1', service: 'ledger' });
  });

  it('of a database error has neither statement nor values', () => {
    const cause = Object.assign(new Error('duplicate key value violates unique constraint "n"'), {
      code: '23505',
      detail: 'Key (email)=(ana@example.org)',
    });
    const error = new Error('insert into contacts values (ana@example.org) - duplicate key', { cause });
    const line = logged((logger) => logger.error({ err: error }, 'failed'));
    expect(JSON.stringify(line)).not.toContain('ana@');
    expect(line['err']).toMatchObject({ sqlState: '23505' });
  });
});

describe('a correlation id', () => {
  it('from outside is kept when harmless and replaced when not', () => {
    expect(withCorrelation('order-7', correlationId)).toBe('order-7');
    expect(withCorrelation('x\n{"level":60}', correlationId)).not.toContain('\n');
    expect(withCorrelation('a'.repeat(65), correlationId)).toHaveLength(36);
  });
});
