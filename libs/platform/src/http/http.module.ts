import { Module, type DynamicModule, type Provider, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, DiscoveryModule } from '@nestjs/core';
import { HealthController } from './health.controller.js';
import { OpenApiController, OpenApiDocument } from './openapi.js';
import { EndpointInterceptor } from './endpoint-interceptor.js';
import { LocalRateLimiter } from './local-rate-limiter.js';
import { requestLogging } from './logging.js';
import { httpOptionsKey, type HttpOptions } from './options.js';
import { Authenticator, PermissionPolicy, RateLimiter } from './ports.js';
import { ProblemFilter } from './problem.filter.js';
import { RequestGuard } from './request-guard.js';
import { RouteTable } from './boot-check.js';

export interface HttpModuleOptions extends HttpOptions {
  requestsPerMinute: number;
  /** Modules that export the two classes below. */
  imports: (DynamicModule | Type)[];
  authenticator: Type<Authenticator>;
  policy: Type<PermissionPolicy>;
}

/** The HTTP edge of an application: guard, transaction, serialisation, problems, request log and route check. */
@Module({})
export class HttpModule {
  static forRoot(options: HttpModuleOptions): DynamicModule {
    const { origin, bodyBytes, strictResponses } = options;
    const providers: Provider[] = [
      { provide: httpOptionsKey, useValue: { origin, bodyBytes, strictResponses } satisfies HttpOptions },
      { provide: Authenticator, useExisting: options.authenticator },
      { provide: PermissionPolicy, useExisting: options.policy },
      { provide: RateLimiter, useValue: new LocalRateLimiter(options.requestsPerMinute) },
      { provide: APP_GUARD, useClass: RequestGuard },
      { provide: APP_INTERCEPTOR, useClass: EndpointInterceptor },
      { provide: APP_FILTER, useClass: ProblemFilter },
      RouteTable,
      OpenApiDocument,
    ];
    return {
      module: HttpModule,
      imports: [DiscoveryModule, requestLogging(), ...options.imports],
      controllers: [HealthController, OpenApiController],
      providers,
      exports: [RouteTable, OpenApiDocument, PermissionPolicy, Authenticator],
    };
  }
}
