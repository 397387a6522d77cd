import { Global, Module, type DynamicModule } from '@nestjs/common';
import { ClockBus } from '../clock/clock.bus.js';
import { BatchKafkaServer } from './batch-kafka-server.js';
import { BUS_CONFIG, type BusConfig } from './kafka.js';
import { ParkedMessagesController } from './parked-messages.http.js';
import { ProjectionController } from './projection.http.js';
import { Relay } from './relay.js';

/** The broker's topics and what hangs on them, injectable everywhere in a service. */
@Global()
@Module({})
export class BusModule {
  static forRoot(server: BatchKafkaServer, relay: Relay, bus: BusConfig, testClock: boolean): DynamicModule {
    return {
      module: BusModule,
      controllers: [ProjectionController, ParkedMessagesController, ...(testClock ? [ClockBus] : [])],
      providers: [
        { provide: BatchKafkaServer, useValue: server },
        { provide: Relay, useValue: relay },
        { provide: BUS_CONFIG, useValue: bus },
      ],
      exports: [BatchKafkaServer, Relay, BUS_CONFIG],
    };
  }
}
