/**
 * Trying a mailbox: `test_setup.ts` goes step by step; a test mail is known again by its signed subject
 * (`test_id.ts`), by whatever way it comes in, and becomes no conversation.
 * @module
 */
export { readTestSubject } from "./test_id.ts";
export { testSetup } from "./test_setup.ts";
