import { Injectable, type INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';
import { RootController } from './controllers.js';
import { sessionCookie } from './csrf.js';
import { Endpoint, endpoint } from './endpoint.js';
import { namedSchemas } from './json-schema.js';

/** The document of this application, built once at start when all routes are known. */
@Injectable()
export class OpenApiDocument {
  private document: OpenAPIObject | null = null;

  build(app: INestApplication, version: string): OpenAPIObject {
    const config = new DocumentBuilder()
      .setOpenAPIVersion('3.1.0')
      .setTitle('Lyceum')
      .setDescription('Virtual classroom. Every error is application/problem+json (RFC 9457) with a stable `code`.')
      .setVersion(version)
      .addSecurity('session', { type: 'apiKey', in: 'cookie', name: sessionCookie })
      .addSecurity('bearer', { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
      .build();
    const document = SwaggerModule.createDocument(app, config, { operationIdFactory: operationId });
    document.components = { ...document.components, schemas: { ...document.components?.schemas, ...namedSchemas() } };
    this.document = document;
    return document;
  }

  get value(): OpenAPIObject {
    if (!this.document) throw new Error('the OpenAPI document is not built yet');
    return this.document;
  }
}

/** `Courses_create`: unique, since a controller's class name is, and stable while handlers keep their names. */
const operationId = (controller: string, handler: string) => `${controller.replace(/Controller$/, '')}_${handler}`;

const read = endpoint({
  method: 'GET',
  path: 'api/openapi.json',
  permission: 'public',
  response: z.looseObject({ openapi: z.string() }),
  summary: 'This document',
});

@RootController()
export class OpenApiController {
  constructor(private readonly document: OpenApiDocument) {}

  @Endpoint(read)
  read(): { openapi: string } {
    return { ...this.document.value };
  }
}
