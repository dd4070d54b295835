/** Runs `work` for each item, so many at once, until all are done or `isWanted` says no; returns those not begun. */
export async function concurrently<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
  isWanted: () => boolean = () => true,
): Promise<T[]> {
  let next = 0;
  const worker = async () => {
    while (next < items.length && isWanted()) await work(items[next++]!);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  return items.slice(next);
}
