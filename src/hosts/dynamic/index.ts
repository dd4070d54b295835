import "./node-version.js";
import { RESOURCES } from "../../provider/resources.js";
import { dynamicProvider } from "./adapter.js";

// The texts in every resource's state name these exports: their names and meaning never change.

/** The provider of `ChromaSyncInvocation`. */
export const invocation = dynamicProvider(RESOURCES.invocation);
/** The provider of `ChromaSyncInvocationBatch`. */
export const batch = dynamicProvider(RESOURCES.batch);
/** The provider of `ChromaSyncSource`. */
export const source = dynamicProvider(RESOURCES.source);
/** The provider of the collection that a `ChromaSyncedRepository` keeps. */
export const collection = dynamicProvider(RESOURCES.collection);
