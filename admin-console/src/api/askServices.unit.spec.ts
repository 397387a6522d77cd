import { describe, expect, it } from '@jest/globals';
import { askServices } from './askServices.js';

const once = <T>(ask: () => Promise<T>) => ask();

describe('a question to all services', () => {
  it('is answered by those that can, and names the others with what stands in their way', async () => {
    const down = new Error('down');
    const ask = async (service: string) => {
      if (service === 'messaging') throw down;
      return service.length;
    };
    expect(await askServices(ask, once)).toEqual({
      answers: [
        { service: 'collections', answer: 11 },
        { service: 'ledger', answer: 6 },
        { service: 'precollections', answer: 14 },
      ],
      missing: [{ service: 'messaging', error: down }],
    });
  });

  it('is asked again of a service by itself, so that a hiccup of one is none of the others', async () => {
    const asked: string[] = [];
    const ask = async (service: string) => {
      asked.push(service);
      if (service === 'ledger' && asked.filter((each) => each === 'ledger').length < 2) throw new Error('hiccup');
      return service;
    };
    const { missing } = await askServices(ask, (each) => each().catch(each));
    expect(missing).toEqual([]);
    expect(asked).toEqual(['collections', 'ledger', 'precollections', 'messaging', 'ledger']);
  });

  it('fails as the first did when nobody answers', async () => {
    await expect(askServices((service) => Promise.reject(new Error(`${service} is down`)), once)).rejects.toThrow(
      'collections is down',
    );
  });
});
