import { createServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { checkPorts, freePort, portTable } from './ports.js';

describe('port table', () => {
  it('counts every port from 4000 when no base is given', () => {
    expect(portTable(undefined)).toEqual({
      console: 4000,
      ledger: 4001,
      collections: 4002,
      precollections: 4003,
      messaging: 4004,
      issuer: 4005,
      'smtp-inbox': 4025,
      postgres: 4032,
      'twilio-stand-in': 4080,
      kafka: 4092,
      'kafka-controller': 4093,
    });
  });

  it('moves all of them with the base', () => {
    expect(portTable('14000')).toMatchObject({ console: 14_000, messaging: 14_004, 'kafka-controller': 14_093 });
  });

  it.each(['none', '0', '-1', '4000.5', '65443'])('refuses the base %s and says what would be right', (base) => {
    expect(() => portTable(base)).toThrow('1 to 65442');
  });

  it.each([
    ['6000', 'puts the console on port 6000'],
    ['10000', 'puts the twilio-stand-in on port 10080'],
  ])('refuses the base %s, for no browser would open one of its ports', (base, said) => {
    expect(() => portTable(base)).toThrow(said);
  });

  it('names the taken port and the part that it is for', async () => {
    const port = await freePort();
    const holder = createServer().listen(port, '127.0.0.1');
    await new Promise((resolve) => holder.once('listening', resolve));

    await expect(checkPorts({ ledger: port, console: await freePort() })).rejects.toThrow(`port ${port} (ledger)`);

    holder.close();
    await new Promise((resolve) => holder.once('close', resolve));
    await expect(checkPorts({ ledger: port })).resolves.toBeUndefined();
  });

  it('waits for a port that is freed within the limit, and no longer', async () => {
    const port = await freePort();
    const holder = createServer().listen(port, '127.0.0.1');
    await new Promise((resolve) => holder.once('listening', resolve));

    await expect(checkPorts({ ledger: port }, 200)).rejects.toThrow(`port ${port} (ledger)`);

    setTimeout(() => holder.close(), 300);
    await expect(checkPorts({ ledger: port }, 3_000)).resolves.toBeUndefined();
  });
});
