import type {
  AppView,
  ChannelView,
  Io,
  SetupAsk,
  SetupNews,
  SetupStep,
} from "../../../core/channel/mod.ts";
import { pageAccess } from "../access.ts";
import type { MessengerConfig } from "../config.ts";
import { testAppWebhook, WEBHOOK_TITLE } from "./test_app_webhook.ts";
import { testPermissions, testToken, TOKEN_TITLE } from "./test_token.ts";
import { RECEIVER_TITLE, testReceiver } from "./test_receiver.ts";
import { SUBSCRIPTION_TITLE, testSubscription } from "./test_subscription.ts";

/**
 * Asks Meta live whether everything is as it has to be: the token and its permissions, the app's webhook, the Page's
 * subscription, and which app answers first. A whole test adds what can only be looked up by people.
 */
export async function* testSetup(
  channel: ChannelView<MessengerConfig>,
  io: Io,
  { isWhole }: SetupAsk,
): AsyncGenerator<SetupNews> {
  const access = pageAccess(channel);
  if (!access.ok) {
    yield step({ title: "Find the app", ok: false, detail: access.error });
    return;
  }
  const page = access.value;
  yield { kind: "begins", title: TOKEN_TITLE };
  const { steps, facts } = await testToken(page, io);
  yield* steps.map(step);
  if (facts === null) return;
  yield* testPermissions(facts.permissions).map(step);
  yield { kind: "begins", title: WEBHOOK_TITLE };
  yield step(await testAppWebhook(page, hookOf(channel.app, io), io));
  if (!facts.isValid) return;
  yield { kind: "begins", title: SUBSCRIPTION_TITLE };
  yield step(await testSubscription(page, io));
  yield { kind: "begins", title: RECEIVER_TITLE };
  yield step(await testReceiver(page, io));
  if (isWhole) yield step(PUBLISHED);
}

/** Where this app's deliveries come; null where this deployment has no address of its own. */
function hookOf(app: AppView<unknown> | undefined, io: Io): string | null {
  return app === undefined ? null : io.publicUrl(`/hooks/app/${app.id}`);
}

function step(done: SetupStep): SetupNews {
  return { kind: "ended", step: done };
}

/** Nothing in the Graph API tells it. */
const PUBLISHED: SetupStep = {
  title: "The app is published",
  ok: true,
  isWarning: true,
  detail:
    "Only you can see this: in the app's dashboard it says “Published” or “Live”. Until then Facebook passes on nothing but " +
    "messages of people with a role on the app.",
  help: {
    text: "Open the app's dashboard",
    url: "https://developers.facebook.com/apps/",
  },
};
