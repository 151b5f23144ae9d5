import assert from "node:assert/strict";
import fc from "fast-check";
import { SseParser } from "./sse_parser.ts";

const TEXT = ': open\n\nevent: hello\ndata: {"cursor":"1"}\n\nid: 2.0\r\nevent: typing\r\n' +
  "data: a\r\ndata: b\r\n\r\nevent: empty\n\ndata:x\n\n";
const EVENTS = [
  { id: null, name: "hello", data: '{"cursor":"1"}' },
  { id: "2.0", name: "typing", data: "a\nb" },
  { id: "2.0", name: "message", data: "x" },
];

Deno.test("SseParser.push() gives the same events however the text is cut", () => {
  fc.assert(fc.property(fc.array(fc.nat(TEXT.length)), (cuts) => {
    const parser = new SseParser();
    const edges = [0, ...cuts.toSorted((a, b) => a - b), TEXT.length];
    const events = edges.slice(1).flatMap((end, i) => parser.push(TEXT.slice(edges[i], end)));
    assert.deepEqual(events, EVENTS);
  }));
});

Deno.test("SseParser.push() gives nothing for half an event", () => {
  const parser = new SseParser();

  assert.deepEqual(parser.push("event: hello\ndata: {}\n"), []);
  assert.deepEqual(parser.push("\n"), [{ id: null, name: "hello", data: "{}" }]);
});
