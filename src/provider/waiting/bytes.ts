const UNITS: [bytes: number, name: string][] = [
  [1024 * 1024, "MiB"],
  [1024, "KiB"],
];

/** A size for people, such as `37 bytes`, `3.2 KiB` or `1,024 MiB`. */
export function sizeText(bytes: number): string {
  const [unit, name] = UNITS.find(([least]) => bytes >= least) ?? [1, bytes === 1 ? "byte" : "bytes"];
  const value = bytes / unit;
  const digits = unit > 1 && value < 10 ? 1 : 0;
  return `${value.toLocaleString("en-US", { maximumFractionDigits: digits, minimumFractionDigits: digits })} ${name}`;
}
