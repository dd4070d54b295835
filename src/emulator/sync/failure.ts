/** Why a sync fails, in the words of the job's `failed.error`. */
export class SyncError extends Error {
  override name = "SyncError";
}
