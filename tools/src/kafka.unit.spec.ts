import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { javaVersionOf } from './kafka-libs.js';
import { kafkaContainerPart, serverProperties } from './kafka.js';

describe('kafka', () => {
  it.each([
    ['openjdk version "17.0.15" 2025-04-15', 17],
    ['java version "1.8.0_412"', 8],
    ['openjdk version "21" 2023-09-19', 21],
    ['command not found', undefined],
  ])('reads the version out of %s', (text, version) => {
    expect(javaVersionOf(text)).toBe(version);
  });

  it('creates no topic by itself and lets a lone consumer begin at once', () => {
    expect(serverProperties('/data', { port: 4092, controllerPort: 4093 })).toMatchObject({
      'auto.create.topics.enable': 'false',
      'group.initial.rebalance.delay.ms': '0',
      'offsets.topic.replication.factor': '1',
      'advertised.listeners': 'PLAINTEXT://127.0.0.1:4092',
      'controller.quorum.voters': '1@127.0.0.1:4093',
    });
  });

  it('names the settings to the image as it expects them', () => {
    const home = mkdtempSync(join(tmpdir(), 'recoup-kafka-'));
    const { args } = kafkaContainerPart(home, { port: 4092, controllerPort: 4093 });
    rmSync(home, { recursive: true });

    expect(args).toContain('KAFKA_AUTO_CREATE_TOPICS_ENABLE=false');
    expect(args.at(-1)).toMatch(/^apache\/kafka:4\.1\./);
  });
});
