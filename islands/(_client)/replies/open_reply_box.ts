/** The box in IndexedDB, which pages and the service worker share. */
import type { ReplyBox, WaitingReply } from "./waiting_reply.ts";

const NAME = "parley";
const STORE = "replies";

/** Rejects where the browser keeps nothing, as in some private windows. */
export async function openReplyBox(factory: IDBFactory): Promise<ReplyBox> {
  const opening = factory.open(NAME, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: "id" });
  const database = await resultOf(opening);
  // Another version of the program wants to change it: it must not wait for this page.
  database.onversionchange = () => database.close();
  const store = (mode: IDBTransactionMode) =>
    database.transaction(STORE, mode, { durability: "strict" }).objectStore(STORE);
  return {
    async all() {
      // Written by `put` below alone.
      const found = await resultOf(store("readonly").getAll()) as WaitingReply[];
      return found.sort((a, b) => a.queuedAt - b.queuedAt || (a.id < b.id ? -1 : 1));
    },
    async put(reply) {
      await resultOf(store("readwrite").put(reply));
    },
    async remove(id) {
      await resultOf(store("readwrite").delete(id));
    },
  };
}

function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
