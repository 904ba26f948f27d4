export { Fanout, type FanoutListener } from './fanout.js';
export { FanoutModule } from './fanout.module.js';
export { createRedis, redisOptions } from './redis.js';
