import type { Result } from "../result.ts";
import type { ChannelView } from "./adapter.ts";
import type { SendError } from "./errors.ts";
import type { Io } from "./io.ts";

/** A text the provider approved beforehand: what may still be written when a reply window is over. */
export interface Template {
  /** The provider's name of it; with the language it names one template. */
  readonly name: string;
  /** As the provider writes it: "en_US". */
  readonly language: string;
  /** Its words, with {{1}}, {{2}}, … where values go. */
  readonly body: string;
  /** How many values it takes. */
  readonly values: number;
}

/** Only beside the capability `window.templateAfter`. */
export interface TemplatesPort<Config> {
  /** Those that may be sent now: what is not approved is left out. */
  list(
    channel: ChannelView<Config>,
    io: Io,
  ): Promise<Result<readonly Template[], SendError>>;
}
