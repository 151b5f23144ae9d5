import type { ApiMessageInput } from "@/core/model/api.ts";
import type { PostInput } from "@/core/mod.ts";

/** A message in the API's shape as the core takes it: times become epoch ms. */
export function messageInput({ sendAt, ...rest }: ApiMessageInput): PostInput {
  return { ...rest, ...(sendAt !== undefined && { sendAt: Date.parse(sendAt) }) };
}
