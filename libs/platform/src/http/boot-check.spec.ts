import { Controller, Get, type Type } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { startThings } from './calls-for-tests.js';
import { mine } from './controllers-for-tests.js';
import { startHttpForTests } from './http-for-tests.js';
import { Endpoint, PlatformController, RouteTable, TenantController } from './index.js';

describe('SE-02 the boot', () => {
  const boots = async (controller: Type) => {
    const started = await startHttpForTests([controller], []);
    await started.app.close();
  };

  it('SE-02 fails when a handler has no endpoint, a permission is unknown or a controller is anyone’s', async () => {
    @TenantController('bare')
    class Bare {
      @Get('x')
      handler(): void {}
    }
    @TenantController('unknown')
    class Unknown {
      @Endpoint({ ...mine, path: '', permission: 'course.destroy' as 'course.view' })
      handler() {
        return { id: '', title: '' };
      }
    }
    @PlatformController('secret')
    class Secret {
      @Endpoint({ ...mine, path: '' })
      handler() {
        return { id: '', title: '' };
      }
    }
    @Controller('stray')
    class Stray {}
    await expect(boots(Bare)).rejects.toThrow('Bare.handler has no @Endpoint');
    await expect(boots(Unknown)).rejects.toThrow('Unknown.handler names the unknown permission course.destroy');
    await expect(boots(Secret)).rejects.toThrow('Secret.handler belongs to no tenant and must be public');
    await expect(boots(Stray)).rejects.toThrow('Stray is neither a TenantController nor a PlatformController');
  });

  it('SE-02 fails when two handlers want one route', async () => {
    @TenantController('twice')
    class Twice {
      @Endpoint({ ...mine, path: 'x' })
      one() {
        return { id: '', title: '' };
      }
      @Endpoint({ ...mine, path: 'x' })
      two() {
        return { id: '', title: '' };
      }
    }
    await expect(boots(Twice)).rejects.toThrow(/twice\/x/);
  });

  it('SE-02 knows every route and its permission', async () => {
    const { app } = await startThings([]);
    const routes = app.get(RouteTable).routes();
    await app.close();
    expect(routes.map(({ path }) => path)).toContain('/t/:tenant/api/v1/things/:id');
    expect(routes.every(({ definition }) => definition.permission)).toBe(true);
  });
});
