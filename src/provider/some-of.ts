/** The first words of a list, and how many more there are. */
export function someOf(words: readonly string[], most = 5): string {
  const shown = words.slice(0, most).join(", ");
  const rest = words.length - most;
  return rest > 0 ? `${shown} and ${rest.toLocaleString("en-US")} more` : shown;
}
