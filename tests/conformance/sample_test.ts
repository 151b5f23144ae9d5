import { conformance } from "./mod.ts";
import { fixture } from "./sample/conformance.ts";
import { sample } from "./sample/mod.ts";

conformance(sample, fixture);
