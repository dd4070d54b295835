const MEBIBYTE = 1024 * 1024;

/** A number of bytes for a row, such as `0.4 MiB` or `1,024 MiB`. */
export function megabytes(bytes: number): string {
  const value = bytes / MEBIBYTE;
  const digits = value < 10 ? 1 : 0;
  return `${value.toLocaleString("en-US", { maximumFractionDigits: digits, minimumFractionDigits: digits })} MiB`;
}
