/** What the SDKs of Pulumi make of an Output that a program uses as a text. */
const OUTPUT_AS_TEXT =
  /Calling (\[to(String|JSON)\] on an \[Output<T>\]|__str__ on an Output\[T\])|<pulumi\.output\.Output object at/i;

/** Why a text would not arrive as it was meant, as the end of a sentence; undefined if it would. */
export function textProblem(text: string): string | undefined {
  if (OUTPUT_AS_TEXT.test(text))
    return "is the text of an Output and not its value: pass the Output itself, or use pulumi.interpolate or apply";
  if (text.includes("\0")) return "holds a NUL character: remove it";
  if (/\p{Surrogate}/u.test(text))
    return "holds half of a surrogate pair, which no encoding can carry: cut the text between whole characters";
  return undefined;
}

/** Why a number would not arrive as it was meant, as the end of a sentence; undefined if it would. */
export function numberProblem(value: number): string | undefined {
  if (!Number.isFinite(value)) return `is ${value}, which state cannot hold: use a finite number or null`;
  if (Number.isInteger(value) && !Number.isSafeInteger(value))
    return "is an integer too large to be exact: use a string";
  return undefined;
}
