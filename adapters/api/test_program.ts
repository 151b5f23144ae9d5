import type {
  ChannelView,
  Io,
  SendError,
  SetupAsk,
  SetupNews,
  SetupStep,
} from "../../core/channel/mod.ts";
import { callProgram } from "./call_program.ts";
import type { ApiConfig } from "./config.ts";
import { readAnswer } from "./read_answer.ts";

const ASK = "Ask your program";
const RETURN = "See it deliver";
const RETURN_MS = 10_000;
const LOOK_EVERY_MS = 500;

/** Sends a signed ping; a whole test also waits for the `test` event that the ping asks for. */
export async function* testProgram(
  channel: ChannelView<ApiConfig>,
  io: Io,
  ask: SetupAsk,
): AsyncGenerator<SetupNews> {
  const testId = io.random.bytes(12).toHex();
  yield { kind: "begins", title: ASK };
  const body = { type: "ping", at: io.now(), ...ask.isWhole ? { testId } : {} };
  const called = await callProgram(channel, io, { body, delivery: `ping-${testId}` });
  const answer = readAnswer(called, { dropsRepeated: true, now: io.now() });
  if (!answer.ok) return yield ended(askFailed(answer.error, channel.config));
  yield ended({ title: ASK, ok: true, ...answered(channel.config) });
  if (!ask.isWhole) return;
  yield { kind: "begins", title: RETURN };
  const deadlineAt = io.now() + RETURN_MS;
  while (!await ask.hasArrived(testId)) {
    if (io.now() >= deadlineAt) {
      const detail = `It was asked for a "test" event and delivered none within ${
        RETURN_MS / 1_000
      } seconds`;
      return yield ended({ title: RETURN, ok: true, isWarning: true, detail });
    }
    await ask.wait(LOOK_EVERY_MS);
  }
  yield ended({ title: RETURN, ok: true, detail: "Its signature is right" });
}

function answered({ url }: ApiConfig): Pick<SetupStep, "detail" | "isWarning"> {
  const { host, protocol } = new URL(url);
  return protocol === "https:"
    ? { detail: `${host} answered` }
    : { detail: `${host} answered, and all that is said goes unencrypted`, isWarning: true };
}

function askFailed(error: SendError, { url }: ApiConfig): SetupStep {
  const { code, message, provider } = error;
  const detail = provider === undefined ? message : `${message} (${provider})`;
  const step = { title: ASK, ok: false, detail };
  switch (code) {
    case "unauthorized":
    case "permission":
      return {
        ...step,
        help: { text: "It takes the signature for a wrong one: both need the same secret." },
        asks: { label: "Secret", paths: ["secret"] },
      };
    case "unavailable":
    case "rate_limited":
      return { ...step, isPassing: true, help: { text: `It should answer at ${url}` } };
    default:
      return step;
  }
}

function ended(step: SetupStep): SetupNews {
  return { kind: "ended", step };
}
