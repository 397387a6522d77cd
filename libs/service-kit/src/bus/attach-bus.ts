import { Catch, type INestApplication, type RpcExceptionFilter } from '@nestjs/common';
import { NestMicroservice } from '@nestjs/microservices';
import { throwError, type Observable } from 'rxjs';
import type { BatchKafkaServer } from './batch-kafka-server.js';

/**
 * Lets a handler's failure through as it is. Nest's own filter would replace it by "Internal server error", and the
 * consumer could neither tell what passes by itself from what has to be parked, nor say why it parked something.
 */
@Catch()
export class HandlerFailureFilter implements RpcExceptionFilter {
  catch(exception: unknown): Observable<never> {
    return throwError(() => exception);
  }
}

/**
 * Connects the consumer to a service's application. It starts with `startAllMicroservices`. Filters must stand before the
 * handlers are registered, so what Nest does at once when it connects is deferred until then.
 */
export function attachBus(app: INestApplication, server: BatchKafkaServer): void {
  const bus = app.connectMicroservice({ strategy: server }, { inheritAppConfig: false, deferInitialization: true });
  if (!(bus instanceof NestMicroservice)) throw new TypeError('Nest made another kind of microservice');
  bus.useGlobalFilters(new HandlerFailureFilter());
  bus.registerListeners();
  bus.setIsInitialized(true);
  bus.setIsInitHookCalled(true);
}
