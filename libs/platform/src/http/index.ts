export { createHttpApplication, type ApplicationOptions } from './application.js';
export { RouteTable, type Route } from './boot-check.js';
export { clientAddress } from './client-address.js';
export { PlatformController, RootController, TenantController, TenantPageController } from './controllers.js';
export { csrfHeader, sessionCookie } from './csrf.js';
export {
  Endpoint,
  endpoint,
  type EndpointDefinition,
  type InputOf,
  type Method,
  type OutputOf,
  type Reply,
} from './endpoint.js';
export { HttpModule, type HttpModuleOptions } from './http.module.js';
export { Ctx, Http, Input, type HttpExchange } from './parameters.js';
export { Authenticator, PermissionPolicy, RateLimiter, type Authentication } from './ports.js';
export { contextOf } from './request-state.js';
export { OpenApiDocument } from './openapi.js';
