import assert from "node:assert/strict";
import { remoteAddressOf } from "./remote_address.ts";

for (
  const [why, socketAddress, forwardedFor, hops, expected] of [
    ["no proxy", "198.51.100.1", null, 0, "198.51.100.1"],
    ["a client's own header", "198.51.100.1", "203.0.113.9", 0, "198.51.100.1"],
    ["one proxy", "10.0.0.2", "203.0.113.9", 1, "203.0.113.9"],
    ["one proxy, forged entry before", "10.0.0.2", "1.1.1.1, 203.0.113.9", 1, "203.0.113.9"],
    ["two proxies", "10.0.0.2", "1.1.1.1, 203.0.113.9, 10.0.0.3", 2, "203.0.113.9"],
    ["fewer entries than proxies", "10.0.0.2", "203.0.113.9", 3, "203.0.113.9"],
    ["no header behind a proxy", "10.0.0.2", null, 1, "10.0.0.2"],
    ["empty header", "10.0.0.2", " , ", 1, "10.0.0.2"],
    ["no address in the header", "10.0.0.2", "unknown", 1, "10.0.0.2"],
    ["script in the header", "10.0.0.2", "<script>", 1, "10.0.0.2"],
    ["numbers out of range", "10.0.0.2", "999.1.1.1", 1, "10.0.0.2"],
    ["a port", "10.0.0.2", "203.0.113.9:4711", 1, "203.0.113.9"],
    ["IPv6 with a port", "10.0.0.2", "[2001:db8::1]:4711", 1, "2001:db8::1"],
    ["IPv6 in quotes", "10.0.0.2", '"[2001:db8::1]"', 1, "2001:db8::1"],
    ["IPv4 in IPv6", "::ffff:198.51.100.1", null, 0, "198.51.100.1"],
    ["a zone", "fe80::1%eth0", null, 0, "fe80::1"],
  ] as const
) {
  Deno.test(`remoteAddressOf() with ${why} is ${expected}`, () => {
    assert.equal(remoteAddressOf({ socketAddress, forwardedFor, hops }), expected);
  });
}
