import type { Component } from '../model/component.ts';
import type { Placement } from '../model/placement.ts';
import { bind, port, program } from '../model/refs.ts';
import { imageLayout } from './compose-placement.ts';
import { quote } from './service.ts';

const seconds = 3;

/** Sends one line to a socket and ends well when the answer holds what is expected. */
function askLine(socket: string, send: string, expect: string): string {
  return (
    `const s=require("node:net").connect(${JSON.stringify(socket)},()=>s.write(${JSON.stringify(send)}+"\\n"));` +
    `s.setTimeout(${seconds * 1000},()=>process.exit(1));` +
    `s.on("error",()=>process.exit(1));` +
    `s.on("data",(data)=>process.exit(String(data).includes(${JSON.stringify(expect)})?0:1))`
  );
}

/**
 * The shell command that tells whether a component does its work, asked inside its container. Small programs do it:
 * it is asked again and again, and a dozen Node processes every few seconds would be a load of their own.
 */
export function healthCommand(placement: Placement, component: Component): string {
  const { health } = component;
  if (health.kind === 'none') throw new Error(`${component.name} is not a service`);
  if (health.kind === 'line') {
    const script = askLine(String(placement.value(component, health.socket)), health.send, health.expect);
    const user = imageLayout.user('operator');
    const node = String(placement.value(component, program('node', 'bin/node')));
    // The operator's socket takes nobody else, not even root without its privileges.
    return `chpst -u ${user}:${user} ${node} -e ${quote(script)}`;
  }
  const bound = String(placement.value(component, bind(component.name, health.port)));
  const address = bound === '0.0.0.0' ? '127.0.0.1' : bound;
  const number = String(placement.value(component, port(component.name, health.port)));
  switch (health.kind) {
    case 'http':
      return `curl -fsS -m ${seconds} -o /dev/null http://${address}:${number}${health.path}`;
    case 'https':
      // Asked by address: whether the certificate is right is for browsers to say.
      return `curl -fsSk -m ${seconds} -o /dev/null https://${address}:${number}${health.path}`;
    case 'postgres':
      return `/usr/lib/postgresql/15/bin/pg_isready -q -t ${seconds} -h ${address} -p ${number}`;
    case 'redis':
      // Without a login it refuses commands, which it can only do when it works.
      return `redis-cli -h ${address} -p ${number} ping 2>&1 | grep -Eq 'PONG|NOAUTH'`;
    case 'stun':
      return `timeout ${seconds} turnutils_stunclient -p ${number} ${address} | grep -q 'UDP reflexive addr'`;
  }
}
