import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DynamicModule } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { pino, type DestinationStream, type Logger, type LevelWithSilent } from 'pino';
import { sqlState } from '../database/database.js';
import { correlationId, currentCorrelation } from './correlation.js';

/** Members that may hold personal data or secrets; they are blanked out at the top and two levels down (S18). */
const secretMembers = [
  'authorization',
  'cookie',
  'set-cookie',
  'email',
  'phone',
  'phones',
  'name',
  'address',
  'addresses',
  'text',
  'password',
  'token',
];
const redactedPaths = secretMembers.flatMap((member) =>
  ['', '*.', '*.*.'].map((prefix) => `${prefix}["${member}"]`.replace('.["', '["')),
);

/** A structured logger: JSON lines with service and correlation id; ids and codes are logged, personal data is not. */
export function createLogger(service: string, level: LevelWithSilent, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: { service, pid: process.pid },
    redact: { paths: redactedPaths, censor: '[redacted]' },
    mixin: currentCorrelation,
    serializers: { err: describeError, error: describeError },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** Nest's logger and one line a request; the query string is left out, for filters may name a person. */
export function loggerModule(service: string, level: LevelWithSilent, destination?: DestinationStream): DynamicModule {
  return LoggerModule.forRoot({
    pinoHttp: {
      logger: createLogger(service, level, destination),
      genReqId: () => correlationId(),
      quietReqLogger: true,
      // Else our serializers would get what pino-http made of an error, with the values that a database error quotes.
      wrapSerializers: false,
      autoLogging: { ignore: (request) => /\/(health\/(live|ready)|metrics)$/.test(request.url ?? '') },
      serializers: { req: describeRequest, res: describeResponse, err: describeError },
    },
  });
}

function describeRequest(request: { method?: string; url?: string; originalUrl?: string }): object {
  return { method: request.method, path: (request.originalUrl ?? request.url)?.split('?', 1)[0] };
}

function describeResponse(response: Pick<ServerResponse<IncomingMessage>, 'statusCode'>): object {
  return { status: response.statusCode };
}

/** Type, message and stack; of a database error its innermost message only, for the outer ones quote the statement. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const state = sqlState(error);
  if (state === undefined) return { type: error.name, message: error.message, stack: error.stack };
  const frames = error.stack
    ?.split('\n')
    .filter((line) => line.startsWith('    at '))
    .join('\n');
  return { type: error.name, sqlState: state, message: innermost(error).message, stack: frames };
}

function innermost(error: Error): Error {
  return error.cause instanceof Error ? innermost(error.cause) : error;
}
