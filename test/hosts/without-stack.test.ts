import { withoutStack } from "../../src/hosts/dynamic/without-stack.js";

const printed: unknown[][] = [];
const { error: original } = console;
beforeAll(() => {
  console.error = (...texts: unknown[]) => void printed.push(texts);
});
afterAll(() => {
  console.error = original;
});

/** What the SDK's host does with what a check, diff, read or delete throws. */
function asTheHostDoes(error: unknown): void {
  const { stack } = error as Error;
  console.error(`${error}: ${stack}`);
}

test("a sentence is not printed, and its message is kept for the engine", () => {
  const error = withoutStack(new Error("The key is wrong.")) as Error;
  asTheHostDoes(error);
  expect(printed).toEqual([]);
  expect(error.message).toBe("The key is wrong.");
});

test("a defect of this package, and what others print, stay visible", () => {
  asTheHostDoes(withoutStack(new TypeError("x is not a function")));
  console.error("of another provider", 7);
  console.error();
  expect(printed[0]![0]).toMatch(/TypeError: x is not a function\n +at /);
  expect(printed.slice(1)).toEqual([["of another provider", 7], []]);
  expect(withoutStack("no error")).toBe("no error");
});
