import assert from "node:assert/strict";
import fc from "fast-check";
import type { Contact } from "../model/contact.ts";
import { optedOutAt, withConsent } from "./consents.ts";

const ANA: Contact = {
  id: "con_1",
  name: "Ana",
  emails: [],
  phones: [],
  identities: [],
  blocked: false,
  createdAt: 0,
  updatedAt: 0,
};

Deno.test("withConsent() lets the latest word count, in whatever order they come", () => {
  const news = fc.record({ wants: fc.boolean(), at: fc.nat(50) });
  fc.assert(fc.property(fc.array(news, { minLength: 1, maxLength: 8 }), (all) => {
    const after = (list: typeof all) =>
      list.reduce((one, { wants, at }) => withConsent(one, { channelId: "chn_1", wants, at }), ANA);
    const forwards = after(all);
    const backwards = after([...all].reverse());
    const latest = Math.max(...all.map(({ at }) => at));
    // Of two at once, the one that wants silence.
    const isOut = all.some(({ at, wants }) => at === latest && !wants);

    assert.deepEqual(forwards.consents, backwards.consents);
    assert.equal(optedOutAt(forwards, "chn_1"), isOut ? latest : null);
    assert.equal(optedOutAt(forwards, "chn_2"), null);
  }));
});

Deno.test("withConsent() gives back the same record when nothing is new", () => {
  const out = withConsent(ANA, { channelId: "chn_1", wants: false, at: 5 });

  assert.equal(withConsent(out, { channelId: "chn_1", wants: false, at: 5 }), out);
  assert.equal(withConsent(out, { channelId: "chn_1", wants: false, at: 4 }), out);
});
