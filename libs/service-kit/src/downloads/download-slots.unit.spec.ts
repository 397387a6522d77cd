import { describe, expect, it } from '@jest/globals';
import { DownloadSlots, downloadsMax } from './download-slots.js';

describe('Downloads of a replica', () => {
  it('are refused with Retry-After while as many as allowed are under way, and taken again after', async () => {
    const slots = new DownloadSlots();
    const headers = new Map<string, string>();
    const response = { setHeader: (name: string, value: string) => headers.set(name, value) };
    const slow = Promise.withResolvers<void>();
    const under = Array.from({ length: downloadsMax }, () => slots.use(response, () => slow.promise));
    expect(headers.size).toBe(0);
    await expect(slots.use(response, () => slow.promise)).rejects.toMatchObject({ code: 'too-many-downloads' });
    expect(headers.get('Retry-After')).toBe('10');
    slow.resolve();
    await Promise.all(under);
    await expect(slots.use(response, () => Promise.reject(new Error('broken off')))).rejects.toThrow('broken off');
    await expect(slots.use(response, () => Promise.resolve())).resolves.toBeUndefined();
  });
});
