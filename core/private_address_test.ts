import assert from "node:assert/strict";
import { isPrivateAddress } from "./private_address.ts";

const PRIVATE = [
  "127.0.0.1",
  "10.1.2.3",
  "172.16.0.1",
  "172.31.255.255",
  "192.168.1.1",
  "169.254.169.254",
  "100.64.0.1",
  "0.0.0.0",
  "224.0.0.1",
  "255.255.255.255",
  "::",
  "::1",
  "[::1]",
  "fe80::1%eth0",
  "fc00::1",
  "fd12:3456::1",
  "ff02::1",
  "::ffff:127.0.0.1",
  "::ffff:7f00:1",
  "::ffff:0:10.0.0.1",
  "64:ff9b::10.0.0.1",
  "2002:7f00:1::",
  "localhost",
  "999.1.1.1",
  "012.0.0.5",
  "1.2.3.04",
  "::ffff:012.0.0.5",
  "1:2:3",
  "",
];
const PUBLIC = [
  "1.1.1.1",
  "8.8.8.8",
  "172.32.0.1",
  "100.128.0.1",
  "2606:4700::1111",
  "::ffff:8.8.8.8",
  "64:ff9b::8.8.8.8",
];

for (const address of PRIVATE) {
  Deno.test(`isPrivateAddress() keeps ${JSON.stringify(address)} out of reach`, () => {
    assert.equal(isPrivateAddress(address), true);
  });
}
for (const address of PUBLIC) {
  Deno.test(`isPrivateAddress() lets ${address} pass`, () => {
    assert.equal(isPrivateAddress(address), false);
  });
}
