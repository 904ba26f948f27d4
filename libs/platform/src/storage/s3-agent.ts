import * as http from 'node:http';
import * as https from 'node:https';

/** Silence after which a connection counts as dead. Long, since a browser that pauses a replay makes us read nothing. */
const SILENCE_MS = 120_000;

/**
 * An agent with kept connections and an end to waiting: the client itself sets no time limit, and a store that hangs
 * must not hold a class's recording for ever.
 */
export function s3Agent(secure: boolean, maxSockets: number): http.Agent {
  const agent = new (secure ? https.Agent : http.Agent)({ keepAlive: true, maxSockets, timeout: SILENCE_MS });
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const socket = connect(options, callback);
    socket?.once('timeout', () => socket.destroy(new Error('the object store does not answer')));
    return socket;
  };
  return agent;
}
