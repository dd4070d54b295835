/** The Chroma Sync service on loopback, for tests, examples and trying it with no account. @module */
export type { Fault, Faults } from "./faults.js";
export type { LoggedRequest } from "./http/request-log.js";
export type { Emulator, EmulatorOptions } from "./options.js";
export type { Seed } from "./seed.js";
export { startEmulator } from "./server.js";
