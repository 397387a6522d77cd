import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { sendProblem } from './problem.js';

const maximumSocketsPerService = 256;
/**
 * How long an idle connection is kept for the next request. Services keep theirs for much longer (service-kit's `serve.ts`): a
 * request on a connection that the service is just closing is lost, and nobody can tell whether it was carried out.
 */
const shippedIdleMilliseconds = 5_000;

/** Headers that belong to one connection and are never passed on (RFC 9110, 7.6.1). */
const connectionHeaders = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
/** The browser's cookies are none of the services' business, and who forwards is said by us alone. */
const notForwarded = new Set([
  'host',
  'cookie',
  'authorization',
  'expect',
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
]);

export interface Forwarding {
  /** Origin of the service, such as `http://127.0.0.1:4001`. */
  origin: string;
  service: string;
  /** Path and query, passed on exactly as they came: each service decides for itself what they mean. */
  path: string;
  /** The value of the Authorization header sent to the service; undefined on routes that need none. */
  authorization: string | undefined;
  correlationId: string;
  /** The answer must begin within this time. */
  answerWithinMilliseconds: number;
  consoleUrl: string;
}

/**
 * Passes requests on to a service, streaming both ways: nothing is buffered, so that event streams, imports and exports
 * of any length go through. When the browser leaves, the service's request is aborted. An answer must begin within its
 * limit, counted from what the browser sent last: a slow upload is no slow service.
 */
export class Proxy {
  private readonly httpAgent: HttpAgent;
  private readonly httpsAgent: HttpsAgent;

  constructor(idleMilliseconds = shippedIdleMilliseconds) {
    const connections = { keepAlive: true, maxSockets: maximumSocketsPerService, timeout: idleMilliseconds };
    this.httpAgent = new HttpAgent(connections);
    this.httpsAgent = new HttpsAgent(connections);
  }

  /** Returns a function that ends the exchange early, as for an event stream whose session is over. */
  forward(request: IncomingMessage, response: ServerResponse, forwarding: Forwarding): () => void {
    const target = new URL(forwarding.origin);
    const secure = target.protocol === 'https:';
    const upstream = (secure ? httpsRequest : httpRequest)({
      agent: secure ? this.httpsAgent : this.httpAgent,
      hostname: target.hostname.replace(/^\[|\]$/g, ''),
      port: target.port === '' ? undefined : Number(target.port),
      method: request.method,
      path: forwarding.path,
      headers: upstreamHeaders(request, forwarding),
    });
    let leftByUs = false;
    const leave = (): void => {
      leftByUs = true;
      upstream.destroy();
    };
    const { service, answerWithinMilliseconds } = forwarding;
    const stopWaiting = waitForAnswer(request, answerWithinMilliseconds, () => {
      leave();
      sendProblem(response, timedOut(service, answerWithinMilliseconds));
    });
    upstream.on('response', (answer) => {
      stopWaiting();
      pass(answer, response, forwarding.correlationId);
    });
    upstream.on('error', (error: NodeJS.ErrnoException) => {
      stopWaiting();
      if (leftByUs) return;
      console.error(`console: ${service} failed (${error.code ?? error.message}), request ${forwarding.correlationId}`);
      sendProblem(response, unreachable(service));
    });
    response.on('close', () => {
      stopWaiting();
      if (!response.writableFinished) leave();
    });
    request.pipe(upstream);
    return () => {
      leave();
      response.end();
    };
  }

  close(): void {
    this.httpAgent.destroy();
    this.httpsAgent.destroy();
  }
}

/** Calls `over` when nothing was sent and no answer began for the limit; returns what ends the waiting. */
function waitForAnswer(request: IncomingMessage, withinMilliseconds: number, over: () => void): () => void {
  const timer = setTimeout(over, withinMilliseconds);
  const again = (): void => void timer.refresh();
  request.on('data', again);
  return () => {
    // A cleared timer must not be refreshed: that would start it again.
    request.off('data', again);
    clearTimeout(timer);
  };
}

function pass(answer: IncomingMessage, response: ServerResponse, correlationId: string): void {
  const eventStream = answer.headers['content-type']?.startsWith('text/event-stream') === true;
  response.writeHead(
    answer.statusCode ?? 502,
    answer.statusMessage,
    downstreamHeaders(answer.headers, correlationId, eventStream),
  );
  if (eventStream) {
    response.socket?.setNoDelay(true);
    response.flushHeaders();
  }
  answer.on('error', () => response.destroy());
  answer.on('aborted', () => {
    // A cut answer must not look whole; an event stream simply ends and is opened again.
    if (eventStream) response.end();
    else response.destroy();
  });
  answer.pipe(response);
}

function upstreamHeaders(request: IncomingMessage, forwarding: Forwarding): OutgoingHttpHeaders {
  const { protocol, host } = new URL(forwarding.consoleUrl);
  return {
    ...endToEnd(request.headers, notForwarded),
    host: new URL(forwarding.origin).host,
    ...(forwarding.authorization === undefined ? {} : { authorization: forwarding.authorization }),
    'x-request-id': forwarding.correlationId,
    'x-correlation-id': forwarding.correlationId,
    'x-forwarded-for': request.socket.remoteAddress ?? '',
    'x-forwarded-proto': protocol.replace(':', ''),
    'x-forwarded-host': host,
  };
}

function downstreamHeaders(
  headers: IncomingHttpHeaders,
  correlationId: string,
  eventStream: boolean,
): OutgoingHttpHeaders {
  return {
    'cache-control': 'no-store',
    ...endToEnd(headers, new Set(['set-cookie'])),
    ...(eventStream ? { 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no' } : {}),
    'x-correlation-id': correlationId,
    'x-content-type-options': 'nosniff',
  };
}

function endToEnd(headers: IncomingHttpHeaders, without: ReadonlySet<string>): OutgoingHttpHeaders {
  const named = new Set((headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase()));
  const kept = Object.entries(headers).filter(
    ([name]) => !connectionHeaders.has(name) && !named.has(name) && !without.has(name),
  );
  return Object.fromEntries(kept);
}

function unreachable(service: string) {
  const detail = `The service "${service}" does not answer. Nothing may have been done; look before you repeat it.`;
  return { status: 502, code: 'service-unreachable', title: 'A service does not answer', detail };
}

function timedOut(service: string, withinMilliseconds: number) {
  const detail = `The service "${service}" did not answer within ${withinMilliseconds / 1000} seconds. It may still be at work.`;
  return { status: 504, code: 'service-timeout', title: 'A service took too long', detail };
}
