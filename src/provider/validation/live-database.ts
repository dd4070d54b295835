import { ResponseError } from "../../api/index.js";
import { UNKNOWN } from "../../model/unknown.js";
import { NO_KEY } from "../config.js";
import type { Context } from "../context.js";
import type { Failure } from "../resource.js";
import { connectionFailure } from "./live-source.js";

/** What the service has against a database; if it cannot be asked, a warning. */
export async function databaseFailures(context: Context, databaseName: unknown): Promise<Failure[]> {
  try {
    if (!context.hasKey()) {
      context.warnOnce(`Only the offline rules were checked. ${NO_KEY}`);
      return [];
    }
    if (databaseName !== UNKNOWN) await context.database(databaseName as string);
    return [];
  } catch (error) {
    const failure = connectionFailure(error);
    if (failure) return [failure];
    if (error instanceof ResponseError && error.status === 404)
      return [
        {
          property: "databaseName",
          reason: `is not known to the service: create the database first, and check that the API key belongs to the team that owns it (${error.evidence})`,
        },
      ];
    context.warnOnce(
      `A database could not be looked up, so only the offline rules were checked: ${(error as Error).message}`,
    );
    return [];
  }
}
