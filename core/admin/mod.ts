/**
 * Administration from the command line: what `deno task admin` asks for, how it proves that it holds the secret, and
 * what the doctor looks at. The commands are those of the other folders, done as an owner; this one knows neither
 * HTTP nor the terminal.
 *
 * One flow: `parseAdminArguments` → `signAdminRequest` → the server's {@link AdminDesk} → `runAdminCommand`. Without a
 * server the command line opens the store and calls `runForAnswer` itself.
 * @module
 */
export { AdminAnswer, AdminCommand, type AdminReport } from "./admin_command.ts";
export {
  answerImport,
  ImportAnswer,
  type ImportCall,
  type ImportReport,
  signImportCall,
} from "./answer_import.ts";
export { AdminDesk, runForAnswer } from "./admin_desk.ts";
export { ADMIN_WINDOW_MS, isAdminRequest, signAdminRequest } from "./admin_signature.ts";
export { type AdminRequest, parseAdminArguments, USAGE } from "./parse_admin_arguments.ts";
export { type SearchState } from "./examine.ts";
export { type AdminContext, runAdminCommand } from "./run_admin_command.ts";
