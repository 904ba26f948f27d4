import type { Component } from '../model/component.ts';
import { bind, path, port, secretHash, text } from '../model/refs.ts';

/**
 * Fan-out, cache and Bull's queues. May be flushed at any time: nothing here is the only copy.
 * The user list holds hashes, so Redis itself never sees a password at rest.
 */
export const redis: Component = {
  name: 'redis',
  title: 'Redis',
  user: 'redis',
  needs: [],
  packages: ['redis-server'],
  programs: [],
  ports: { redis: { offset: 11, protocol: 'tcp', reach: 'machine' } },
  secrets: ['redis-api', 'redis-jobs', 'redis-operator'],
  data: true,
  files: [
    {
      name: 'redis.conf',
      // Bull's rows are re-enqueued from PostgreSQL, so one second of append-only file may be lost.
      content: text`bind ${bind('redis', 'redis')}
port ${port('redis', 'redis')}
dir ${path('data')}
aclfile ${path('config', 'users.acl')}
daemonize no
supervised no
appendonly yes
appendfsync everysec
save ""
maxmemory-policy noeviction
`,
    },
    {
      name: 'users.acl',
      // Bull asks for INFO and names its connections; everything else that is dangerous stays with the operator.
      content: text`user default off
user api on #${secretHash('redis-api')} ~* &* +@all -@admin -@dangerous +info +client|setname +client|getname +client|list
user jobs on #${secretHash('redis-jobs')} ~* &* +@all -@admin -@dangerous +info +client|setname +client|getname +client|list
user operator on #${secretHash('redis-operator')} ~* &* +@all
`,
    },
  ],
  command: ['/usr/bin/redis-server', path('config', 'redis.conf')],
  environment: {},
  secretEnvironment: {},
  health: { kind: 'redis', port: 'redis' },
  startSeconds: 30,
  stopSeconds: 30,
};
