import type { Properties } from "../resource.js";

/** The settings that ask for another invocation though nothing that is sent has changed. */
export function settingsThatReplace(olds: Properties, news: Properties): string[] {
  const hasEndedBadly = olds.status === "failed" || olds.status === "cancelled";
  return [
    ...(adoptsAnother(olds, news) ? ["adoptInvocationId"] : []),
    ...(news.retryFailed === true && hasEndedBadly ? ["retryFailed"] : []),
  ];
}

/** Naming another invocation replaces; naming the one that state holds, or none any more, does not. */
function adoptsAnother(olds: Properties, { adoptInvocationId: id }: Properties): boolean {
  return typeof id === "string" && id.toLowerCase() !== olds.invocationId;
}
