import { Redis, type RedisOptions } from 'ioredis';
import { readSecret, type RedisConfig } from '../config/index.js';
import type { Logger } from '../telemetry/index.js';

/** Longest pause between two attempts to reach Redis. */
const longestPauseMs = 1_000;

/** Options of every Redis client of ours: reconnects for ever, a call never fails just because Redis restarts. */
export function redisOptions(config: RedisConfig): RedisOptions {
  return {
    host: config.host,
    port: config.port,
    ...(config.username !== undefined && { username: config.username }),
    ...(config.passwordFile !== undefined && { password: readSecret(config.passwordFile) }),
    maxRetriesPerRequest: null,
    enableReadyCheck: false,
    retryStrategy: (attempt) => Math.min(attempt * 100, longestPauseMs),
  };
}

/** A client that logs when Redis goes and comes back instead of throwing. */
export function createRedis(config: RedisConfig, log: Logger): Redis {
  const redis = new Redis(redisOptions(config));
  let down = false;
  redis.on('error', (err: Error) => {
    if (!down) log.warn({ reason: err.message }, 'Redis is away');
    down = true;
  });
  redis.on('ready', () => {
    if (down) log.info('Redis is back');
    down = false;
  });
  return redis;
}
