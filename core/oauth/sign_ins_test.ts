import assert from "node:assert/strict";
import { valueOf } from "../../tests/fakes/access.ts";
import { answerOf, MAILBOX, openSignInWorld } from "../../tests/fakes/sign_in_world.ts";
import { encodeBase64Url } from "../encoding.ts";
import { sha256 } from "../sha256.ts";
import { STATE_MS } from "./oauth_state.ts";

Deno.test("a mailbox waits for its sign-in, and works after it", async () => {
  await using world = await openSignInWorld();
  const before = await world.channel();
  assert.equal(before.status, "error");
  assert.equal(before.error, "Sign in with Google to connect this channel.");
  assert.deepEqual(before.signIn, { with: "Google", account: null, isNeeded: true });

  const finished = await world.signIn();

  assert.deepEqual(finished, { ok: true, value: { channelId: world.channelId, isFirst: true } });
  const after = await world.channel();
  assert.equal(after.status, "ready");
  assert.equal(after.error, null);
  assert.deepEqual(after.signIn, { with: "Google", account: MAILBOX, isNeeded: false });
  assert.equal(world.provider.accountOf(await world.accessToken()), MAILBOX);
});

Deno.test("the browser is sent off with state, PKCE, nonce and what Google wants for lasting access", async () => {
  await using world = await openSignInWorld();

  const { url, with: label } = valueOf(
    await world.inbox.core.signIns.start(world.manager, world.channelId),
  );

  assert.equal(label, "Google");
  const { searchParams, origin, pathname } = new URL(url);
  assert.equal(origin + pathname, `${world.provider.url}/authorize`);
  const sent = Object.fromEntries(searchParams);
  assert.match(sent.state ?? "", /^[\w-]{43}\.[\w-]{43}$/);
  assert.match(sent.code_challenge ?? "", /^[\w-]{43}$/);
  assert.match(sent.nonce ?? "", /^[\w-]{43}$/);
  const { state: _, code_challenge: __, nonce: ___, ...rest } = sent;
  assert.deepEqual(rest, {
    response_type: "code",
    client_id: "parley-client",
    redirect_uri: "http://localhost:8000/oauth/callback",
    scope: "openid https://www.googleapis.com/auth/userinfo.email https://mail.google.com/",
    code_challenge_method: "S256",
    login_hint: MAILBOX,
    access_type: "offline",
    prompt: "consent",
  });
});

Deno.test("the code is exchanged with the verifier of its challenge, the secret and the same redirect", async () => {
  await using world = await openSignInWorld();

  assert.ok((await world.signIn()).ok);

  const [asked] = world.provider.authorized;
  const [exchange] = world.provider.tokenRequests;
  const verifier = exchange?.get("code_verifier") ?? "";
  const challenge = encodeBase64Url(Uint8Array.fromHex(sha256(verifier)));
  assert.equal(asked?.get("code_challenge"), challenge);
  assert.equal(exchange?.get("redirect_uri"), asked?.get("redirect_uri"));
  assert.equal(exchange?.get("client_secret"), world.provider.clientSecret);
});

Deno.test("a state is good once", async () => {
  await using world = await openSignInWorld();
  const { signIns } = world.inbox.core;
  const { url } = valueOf(await signIns.start(world.manager, world.channelId));
  const answer = answerOf(await world.provider.visit(url));

  const all = await Promise.all(
    Array.from({ length: 20 }, () => signIns.finish(world.manager, answer)),
  );

  assert.equal(all.filter(({ ok }) => ok).length, 1);
  assert.ok(all.every((one) => one.ok || one.error.code === "expired"));
  assert.equal(world.provider.tokenRequests.length, 1);
});

Deno.test("a state lasts ten minutes", async () => {
  await using world = await openSignInWorld();
  const { signIns } = world.inbox.core;
  const { url } = valueOf(await signIns.start(world.manager, world.channelId));
  const answer = answerOf(await world.provider.visit(url));
  world.inbox.ports.clock.advance(STATE_MS);

  const finished = await signIns.finish(world.manager, answer);

  assert.deepEqual(finished, { ok: false, error: { code: "expired" } });
  assert.equal(world.provider.tokenRequests.length, 0);
});

Deno.test("a state of another session, of nobody, or made elsewhere is refused", async () => {
  await using world = await openSignInWorld();
  const { signIns } = world.inbox.core;
  const begin = async () => {
    const { url } = valueOf(await signIns.start(world.manager, world.channelId));
    return answerOf(await world.provider.visit(url));
  };
  const answer = await begin();
  const [token = "", signature = ""] = answer.state?.split(".") ?? [];
  const changed = (text: string) => (text.startsWith("A") ? "B" : "A") + text.slice(1);
  const other = { ...world.manager, sessionHash: "session-2" };

  const refused = [
    await signIns.finish(null, answer),
    await signIns.finish(world.root, answer),
    await signIns.finish(world.manager, { ...answer, state: null }),
    await signIns.finish(world.manager, { ...answer, state: token }),
    await signIns.finish(world.manager, { ...answer, state: `${changed(token)}.${signature}` }),
    await signIns.finish(world.manager, { ...answer, state: `${token}.${changed(signature)}` }),
    await signIns.finish(other, answer),
  ];

  for (const one of refused) assert.deepEqual(one, { ok: false, error: { code: "foreign" } });
  // What somebody else tried is used up.
  const late = await signIns.finish(world.manager, answer);
  assert.deepEqual(late, { ok: false, error: { code: "expired" } });
  assert.equal(world.provider.tokenRequests.length, 0);
  assert.equal(await world.tokenRecord(), null);
});

Deno.test("who no longer manages channels finishes nothing, and who never did begins nothing", async () => {
  await using world = await openSignInWorld();
  const { signIns } = world.inbox.core;
  const { url } = valueOf(await signIns.start(world.manager, world.channelId));
  const answer = answerOf(await world.provider.visit(url));
  const demoted = { ...world.manager, user: { ...world.manager.user, role: "agent" as const } };

  assert.deepEqual(await signIns.finish(demoted, answer), {
    ok: false,
    error: { code: "forbidden" },
  });
  const begun = [
    await signIns.start(world.inbox.agent, world.channelId),
    await signIns.start(world.root, world.channelId),
  ];
  for (const one of begun) assert.deepEqual(one, { ok: false, error: { code: "forbidden" } });
});

Deno.test("a refused consent, another account and unticked scopes leave the channel as it was", async () => {
  await using world = await openSignInWorld();
  const { mood } = world.provider;
  const about = { channelId: world.channelId, with: "Google" };

  mood.denies = true;
  assert.deepEqual(await world.signIn(), { ok: false, error: { code: "denied", ...about } });

  mood.denies = false;
  mood.account = "nora@veloce.example";
  assert.deepEqual(await world.signIn(), {
    ok: false,
    error: {
      code: "wrong_account",
      ...about,
      account: "nora@veloce.example",
      expected: MAILBOX,
    },
  });

  mood.account = MAILBOX;
  mood.without = ["https://mail.google.com/"];
  assert.deepEqual(await world.signIn(), { ok: false, error: { code: "missing_scope", ...about } });

  mood.without = [];
  mood.isShort = true;
  assert.deepEqual(await world.signIn(), {
    ok: false,
    error: { code: "refused", ...about, words: "it gave no lasting access" },
  });
  assert.equal(await world.tokenRecord(), null);
  assert.equal((await world.channel()).status, "error");
});

Deno.test("another account is taken when somebody says that it may open the mailbox", async () => {
  await using world = await openSignInWorld();
  world.provider.mood.account = "nora@veloce.example";
  const { signIns } = world.inbox.core;
  const { url } = valueOf(
    await signIns.start(world.manager, world.channelId, { anyAccount: true }),
  );

  const finished = await signIns.finish(
    world.manager,
    answerOf(await world.provider.visit(url)),
  );

  assert.ok(finished.ok);
  assert.equal(new URL(url).searchParams.get("login_hint"), null);
  assert.equal(new URL(url).searchParams.get("prompt"), "consent select_account");
  assert.equal((await world.channel()).signIn?.account, "nora@veloce.example");
});

Deno.test("an address in other letters is the same account", async () => {
  await using world = await openSignInWorld();
  world.provider.mood.account = "Support@Veloce.Example";

  assert.ok((await world.signIn()).ok);

  assert.equal((await world.channel()).signIn?.account, MAILBOX);
});

Deno.test("an ID token made for somebody else, or another sign-in, is refused", async () => {
  await using world = await openSignInWorld();
  const claims = { aud: world.provider.clientId, exp: 4_000_000_000, email: MAILBOX };
  const idToken = (payload: unknown) =>
    `e30.${encodeBase64Url(new TextEncoder().encode(JSON.stringify(payload)))}.`;

  for (
    const payload of [
      claims,
      { ...claims, nonce: "another" },
      { ...claims, aud: "another-client" },
      "nonsense",
    ]
  ) {
    world.provider.mood.answer = () =>
      Response.json({ access_token: "t", refresh_token: "r", id_token: idToken(payload) });
    const finished = await world.signIn();

    assert.ok(!finished.ok);
    assert.equal(finished.error.code, "refused");
  }
});

Deno.test("a client that the provider does not accept is said in its words, without the secret", async () => {
  await using world = await openSignInWorld();
  const { clientSecret } = world.provider;
  world.provider.mood.answer = () =>
    Response.json({
      error: "invalid_client",
      error_description: `The secret ${clientSecret} is wrong`,
    }, { status: 401 });

  const finished = await world.signIn();

  assert.deepEqual(finished, {
    ok: false,
    error: {
      code: "refused",
      channelId: world.channelId,
      with: "Google",
      words: "invalid_client The secret ••• is wrong",
    },
  });
});

Deno.test("tokens are sealed in the database and shown nowhere", async () => {
  await using world = await openSignInWorld();
  assert.ok((await world.signIn()).ok);
  await world.accessToken();
  world.provider.endAccessTokens();
  await world.accessToken(await world.accessToken());
  world.provider.mood.answer = () => new Response("no", { status: 500 });
  world.inbox.ports.clock.advance(4_000_000);
  await world.accessToken().catch(() => {});

  const record = JSON.stringify(await world.tokenRecord());
  const { core, ports } = world.inbox;
  const shown = JSON.stringify([
    await core.channels.list(world.root),
    await core.apps.list(world.root),
    ports.logs,
    record,
  ]);

  assert.ok(world.provider.secrets.length > 4);
  for (const secret of world.provider.secrets) assert.ok(!shown.includes(secret), secret);
});

Deno.test("a channel with a password signs in nowhere; one that is gone does not come back", async () => {
  await using world = await openSignInWorld();
  const { core } = world.inbox;
  const start = await core.signIns.start(world.manager, world.inbox.channelId);
  assert.ok(!start.ok && start.error.code === "conflict");

  const { url } = valueOf(await core.signIns.start(world.manager, world.channelId));
  const answer = answerOf(await world.provider.visit(url));
  valueOf(await core.channels.remove(world.root, world.channelId));

  assert.deepEqual(await core.signIns.finish(world.manager, answer), {
    ok: false,
    error: { code: "expired" },
  });
  assert.equal(await world.tokenRecord(), null);
});
