import { Controller, SetMetadata, applyDecorators } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';

export const controllerScopeKey = 'lyceum:controller-scope';

/** Whether routes belong to an institution (`/t/:tenant/…`) or to the installation as a whole. */
export type ControllerScope = 'tenant' | 'platform';

const tenantParam = ApiParam({ name: 'tenant', schema: { type: 'string' }, description: 'Slug of the institution' });

/** REST of an institution: `/t/:tenant/api/v1/<prefix>`. */
export const TenantController = (prefix = ''): ClassDecorator =>
  applyDecorators(Controller(join('t/:tenant/api/v1', prefix)), SetMetadata(controllerScopeKey, 'tenant'), tenantParam);

/** Pages of an institution that browsers are sent to, such as the sign-in callback: `/t/:tenant/<prefix>`. */
export const TenantPageController = (prefix: string): ClassDecorator =>
  applyDecorators(Controller(join('t/:tenant', prefix)), SetMetadata(controllerScopeKey, 'tenant'), tenantParam);

/** REST outside of any institution: `/api/v1/<prefix>`. Its handlers get a context without tenant. */
export const PlatformController = (prefix = ''): ClassDecorator =>
  applyDecorators(Controller(join('api/v1', prefix)), SetMetadata(controllerScopeKey, 'platform'));

/** Routes at the root, for operators: health. Not for features. */
export const RootController = (): ClassDecorator =>
  applyDecorators(Controller(''), SetMetadata(controllerScopeKey, 'platform'));

export function controllerScopeOf(controller: object): ControllerScope | undefined {
  const scope: ControllerScope | undefined = Reflect.getMetadata(controllerScopeKey, controller);
  return scope;
}

const join = (...parts: string[]) => parts.filter(Boolean).join('/');
