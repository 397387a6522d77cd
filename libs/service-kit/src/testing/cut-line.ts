import { createConnection, type Socket } from 'node:net';
import { Kafka, logLevel } from 'kafkajs';
import type { BusConfig } from '../bus/kafka.js';

/** A line to Kafka that a test cuts and mends: cut, open sockets end and new ones are refused. */
export class CutLine {
  private readonly sockets = new Set<Socket>();
  private isCut = false;

  kafka({ brokers }: BusConfig): Kafka {
    return new Kafka({
      clientId: 'cut-line',
      brokers: [...brokers],
      logLevel: logLevel.NOTHING,
      connectionTimeout: 1000,
      retry: { initialRetryTime: 50, maxRetryTime: 300, retries: 3 },
      socketFactory: ({ host, port, onConnect }) => {
        // Nothing listens on port 1: refused at once, as by a broker that is down.
        const socket = createConnection({ host, port: this.isCut ? 1 : port }, onConnect);
        this.sockets.add(socket);
        socket.once('close', () => this.sockets.delete(socket));
        return socket;
      },
    });
  }

  cut(): void {
    this.isCut = true;
    for (const socket of this.sockets) socket.destroy(new Error('cut'));
  }

  mend(): void {
    this.isCut = false;
  }
}
