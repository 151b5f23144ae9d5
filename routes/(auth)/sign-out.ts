import { define } from "../(_shared)/define.ts";
import { endSession } from "./(_parts)/start_session.ts";

export const handler = define.handlers({
  async POST(ctx) {
    return await endSession(ctx, "/sign-in");
  },
});
