import { StandardSchemaValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import type { z } from 'zod';
import { malformedInput } from './problem.js';
import { requireUsableBody } from './usable-body.js';

type Issues = readonly z.core.$ZodIssue[];

/** What a schema found, on the way to who knows where in the request the value stood. */
class Findings extends Error {
  constructor(readonly issues: Issues) {
    super('The input is not usable');
  }
}

/**
 * Checks path, query and body by their schemas. The schemas are zod's, so their findings carry zod's codes and what was
 * expected; those of a parameter are told under its name.
 */
export class InputPipe extends StandardSchemaValidationPipe {
  constructor() {
    super({ exceptionFactory: (issues: readonly unknown[]) => new Findings(issues as Issues) });
  }

  override async transform<T = unknown>(value: T, metadata: ArgumentMetadata): Promise<T> {
    if (metadata.type === 'body') requireUsableBody(value);
    try {
      return await super.transform(value, metadata);
    } catch (error) {
      if (!(error instanceof Findings)) throw error;
      throw malformedInput(error.issues, metadata.type === 'body' ? '' : (metadata.data ?? ''));
    }
  }
}
