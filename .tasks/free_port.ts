/** A port that was free a moment ago: for what must know its port before it listens. */
export function freePort(hostname: string): number {
  using listener = Deno.listen({ hostname, port: 0 });
  return listener.addr.port;
}
