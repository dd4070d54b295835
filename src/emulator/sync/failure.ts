/** Why a sync fails, in the words of the job's `failed.error`. */
export class SyncFailure extends Error {
  override name = "SyncFailure";
}
