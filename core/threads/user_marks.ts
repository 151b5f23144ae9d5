/** Up to where each user has read a conversation, carried along when its messages move. */
import { keys, type Store } from "../store/mod.ts";

export interface UserMark {
  readonly userId: string;
  readonly seq: number;
}

/** Everybody's marks in a conversation. */
export async function marksOf(
  store: Pick<Store, "list" | "getMany">,
  conversationId: string,
): Promise<readonly UserMark[]> {
  const userIds: string[] = [];
  for await (const { value } of store.list(keys.users())) userIds.push(value.id);
  const marks = await store.getMany(userIds.map((id) => keys.readMark(id, conversationId)));
  return userIds.flatMap((userId, i) => {
    const seq = marks[i];
    return seq == null ? [] : [{ userId, seq }];
  });
}
