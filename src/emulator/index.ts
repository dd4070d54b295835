/** The Chroma Sync service on loopback, for tests, examples and trying it with no account. @module */
export type { Fault, Faults } from "./faults.js";
export type { Seed } from "./seed.js";
export { type Emulator, type EmulatorOptions, startEmulator } from "./server.js";
