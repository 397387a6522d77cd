import { describe, expect, it } from '@jest/globals';
import { askServices } from './askServices.js';

describe('a question to all services', () => {
  it('is answered by those that can, and names the others', async () => {
    const asked = await askServices(async (service) => {
      if (service === 'messaging') throw new Error('down');
      return service.length;
    });
    expect(asked).toEqual({
      answers: [
        { service: 'collections', answer: 11 },
        { service: 'ledger', answer: 6 },
        { service: 'precollections', answer: 14 },
      ],
      missing: ['messaging'],
    });
  });

  it('fails as the first did when nobody answers', async () => {
    await expect(askServices((service) => Promise.reject(new Error(`${service} is down`)))).rejects.toThrow(
      'collections is down',
    );
  });
});
