import type { Input } from "@pulumi/pulumi";

/** The same arguments, each of which may be an Output. Unions stay unions. */
export type Inputs<T> = T extends unknown ? { [Name in keyof T]: Input<T[Name]> } : never;
