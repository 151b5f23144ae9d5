import type { JsonEvent } from "./customer.ts";
import type { Seeded } from "./seeded.ts";

/** A picture of a wheel, and some letters. */
const FILES: readonly [JsonEvent, ...JsonEvent[]] = [
  {
    kind: "media",
    name: "photo of the wheel.png",
    type: "image/png",
    base64:
      "iVBORw0KGgoAAAANSUhEUgAAAGAAAABACAIAAABqVuVZAAABW0lEQVR42u3bMQ7CMAyFYR+HgZHDMTFzzY5IHAIkFkQpbey4faa/lBHS5KsJbWLb/TbQfjSDACCAANop0OF4Wt52BNTksrmUFaLZhMnUaM6XqxSTbavz8cmnzqu5eygG1DqrKSB3h9JAjpnMArl7lgPyTWAhUOQSEkDuoTcBrWNkOjoOoBWMTEfHB5RtlAvU+nUfUPy6KwHFR+kGyjMyQR0poxQgXw9xoC7DSAHqcuu6A3UxMpHw6QXUPYhMJHySgOJGphk+OkEEUDJQxvIstVSbbPiIBJGpPf5kBFFVoFmaCFNtoK8E4937CFMxoNkAmTrhcIeVIlDTT6YL0MIOJYAik8kAeu+TCKoQQaxB/IvxHMSTNO9i2kC8zbMfBBB70pxqDOrHPpyLcbLK2TzZHeQHkWFWNMOMHEWyXMmTJtOeWg2qff6m2od6MSoOqVml6lkXqEQDCCCAUtsDrmYgYm/lE74AAAAASUVORK5CYII=",
  },
  { kind: "media", name: "receipt.txt", type: "text/plain", base64: text("Paid: € 1,899.00\n") },
  { kind: "media", name: "../../bill?.html", type: "text/html", base64: text("<b>bill</b>") },
  { kind: "media", name: "empty.pdf", type: "application/pdf", base64: "" },
];

/** A file that a customer sends. */
export function fileOf(random: Seeded): JsonEvent {
  return random.pick(FILES);
}

function text(content: string): string {
  return new TextEncoder().encode(content).toBase64();
}
