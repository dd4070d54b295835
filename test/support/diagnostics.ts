/** What the engine says below the name of a resource, or of the stack, at the end of a run's output. */
export function diagnosticsOf(output: string, name: string): string {
  const sections = output.split(/^ {2}(?=\S+ \(.+\):$)/m);
  return sections
    .filter((section) => section.split("\n")[0]!.endsWith(` (${name}):`))
    .map((section) => section.split(/^\S/m)[0] || section)
    .map((section) => section.split(/\n(?=\S)/)[0])
    .join("\n");
}
