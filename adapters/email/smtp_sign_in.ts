import {
  err,
  type Io,
  isPrivateAddress,
  ok,
  type Result,
  type SendError,
} from "../../core/channel/mod.ts";
import { withAccessToken } from "./oauth/mod.ts";
import { refusedRecipients } from "./refused_recipients.ts";
import { smtpError } from "./smtp_error.ts";
import {
  deliverMail,
  type Delivery,
  type Envelope,
  type SmtpTarget,
  trySession,
} from "./smtp_session.ts";

type Accepted = Extract<Delivery, { kind: "accepted" }>;

/** Hands one mail to a server, signed in as the mailbox wants it. */
export async function handOver(
  target: SmtpTarget,
  mail: Uint8Array,
  envelope: Envelope,
  io: Pick<Io, "accessToken" | "signal">,
): Promise<Result<Accepted, SendError>> {
  return await signedIn(target, io, async (ready) => {
    const delivery = await deliverMail(ready, mail, envelope, io.signal);
    if (delivery.kind === "accepted") return ok(delivery);
    const { error, isHandedOver } = delivery;
    const refused = refusedRecipients(error, envelope.to);
    return err({
      ...smtpError(error, isHandedOver, target.server.signIn),
      ...refused.length === 0 ? {} : { refused },
    });
  });
}

/** Connects, encrypts and signs in, and leaves again. */
export async function trySignIn(
  target: SmtpTarget,
  io: Pick<Io, "accessToken" | "signal">,
): Promise<Result<null, SendError>> {
  return await signedIn(target, io, async (ready) => {
    try {
      await trySession(ready, io.signal);
      return ok(null);
    } catch (error) {
      return err(smtpError(error, false, target.server.signIn));
    }
  });
}

async function signedIn<T>(
  target: SmtpTarget,
  io: Pick<Io, "accessToken">,
  attempt: (target: SmtpTarget) => Promise<Result<T, SendError>>,
): Promise<Result<T, SendError>> {
  const { server, address } = target;
  if (server.signIn !== "oauth") return await attempt(target);
  if (server.security === "none" && !isPrivateAddress(address)) {
    const message = "Without encryption the sign-in could be read on its way: choose TLS.";
    return err({ code: "config", message });
  }
  const done = await withAccessToken<T, SendError>(
    io,
    (accessToken) => attempt({ ...target, accessToken }),
    // The mail itself is fine: it waits until somebody signs in, or mends the app.
    (error) => error.code === "unavailable" ? { ...error, code: "unavailable" } : signedOut(error),
  );
  return !done.ok && done.error.code === "unauthorized" ? err(signedOut(done.error)) : done;
}

function signedOut({ message, provider }: Pick<SendError, "message" | "provider">): SendError {
  return { code: "signed_out", message, ...provider === undefined ? {} : { provider } };
}
