import type { INestApplication } from '@nestjs/common';
import type { BusLog } from './kafka.js';

const retryMs = 1000;

type State = { readonly stopping: boolean };

/** Makes the topics and starts consuming; while Kafka is away it tries again, and HTTP goes on. */
export async function joinBus(
  app: INestApplication,
  topics: () => Promise<void>,
  state: State,
  log: BusLog,
): Promise<void> {
  await untilDone(topics, state, (error) => log('warn', 'Kafka does not answer yet', { error }));
  const listen = async (): Promise<void> => void (await app.startAllMicroservices());
  await untilDone(listen, state, (error) => log('warn', 'the consumer can not start yet', { error }));
}

async function untilDone(work: () => Promise<void>, state: State, complain: (error: string) => void): Promise<void> {
  while (!state.stopping) {
    try {
      await work();
      return;
    } catch (error) {
      complain(String(error));
      await new Promise((resolve) => {
        setTimeout(resolve, retryMs);
      });
    }
  }
}
