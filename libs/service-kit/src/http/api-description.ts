import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { NextFunction, Request, Response } from 'express';

const problemText = { type: 'string' };
const problemContent = {
  'application/problem+json': {
    schema: {
      type: 'object',
      required: ['type', 'title', 'status', 'code', 'detail', 'correlationId'],
      properties: {
        type: problemText,
        title: problemText,
        status: { type: 'integer' },
        code: problemText,
        detail: problemText,
        correlationId: problemText,
        errors: {
          type: 'array',
          items: {
            type: 'object',
            required: ['field', 'message'],
            properties: { field: problemText, message: problemText, expected: problemText },
          },
        },
      },
    },
  },
};

/** The API description is made when it is first asked for, so that no start waits for it. */
export function serveDescription(app: NestExpressApplication, service: string): void {
  let description: OpenAPIObject | undefined;
  app.use(`/api/${service}/openapi.json`, (request: Request, response: Response, next: NextFunction) => {
    if (request.method !== 'GET') return next();
    description ??= describeApi(app, service);
    response.json(description);
  });
}

function describeApi(app: NestExpressApplication, service: string): OpenAPIObject {
  const info = new DocumentBuilder()
    .setTitle(`Recoup ${service}`)
    .setDescription('Errors are problem documents (RFC 9457). Lists take filter, range and sort as JSON.')
    .setVersion('1')
    .addBearerAuth()
    .addSecurityRequirements('bearer')
    .addGlobalResponse({ status: 'default', description: 'Problem document (RFC 9457)', content: problemContent })
    .build();
  return SwaggerModule.createDocument(app, info);
}
