import "./node-version.js";
import { DYNAMIC_TYPES } from "../../model/resource-types.js";
import { RESOURCES } from "../../provider/resources.js";
import { dynamicProvider } from "./adapter.js";

// The texts in every resource's state name these exports: their names and meaning never change.

/** The provider of `ChromaSyncInvocation`. */
export const invocation = dynamicProvider(RESOURCES.invocation, DYNAMIC_TYPES.invocation);
/** The provider of `ChromaSyncInvocationBatch`. */
export const batch = dynamicProvider(RESOURCES.batch, DYNAMIC_TYPES.batch);
/** The provider of `ChromaSyncSource`. */
export const source = dynamicProvider(RESOURCES.source, DYNAMIC_TYPES.source);
/** The provider of `ChromaSyncFile`. */
export const file = dynamicProvider(RESOURCES.file, DYNAMIC_TYPES.file);
/** The provider of `ChromaSyncFiles`. */
export const files = dynamicProvider(RESOURCES.files, DYNAMIC_TYPES.files);
/** The provider of the collection that a `ChromaSyncedRepository` keeps. */
export const collection = dynamicProvider(RESOURCES.collection, DYNAMIC_TYPES.collection);
