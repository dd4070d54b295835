// Elements are made here alone, and text is only ever set as text.

/** The element of an id. @param {string} id @returns {any} */
export const byId = (id) => document.getElementById(id);

/**
 * An element with attributes and children; strings become text.
 * @param {string} tag
 * @param {Record<string, string | boolean | undefined>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value);
  element.append(...children);
  return element;
}

/** @param {Element} element @param {string} name @param {string | boolean | undefined} value */
export function setAttribute(element, name, value) {
  if (value === undefined || value === false) element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, String(value));
}

/** Sets a text unless it is there already, so that a selection survives. @param {Node} node @param {string} text */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * Makes the children of a parent those of the items, and keeps the elements of items that stay.
 * @template T
 * @param {Element} parent
 * @param {T[]} items
 * @param {(item: T) => string} keyOf
 * @param {(item: T) => Element} create
 * @param {(element: any, item: T) => void} [update]
 */
export function list(parent, items, keyOf, create, update = () => undefined) {
  const known = new Map([...parent.children].map((child) => [child.getAttribute("data-key"), child]));
  /** @type {Element | null} */
  let next = parent.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    let element = known.get(key);
    known.delete(key);
    if (!element) {
      element = create(item);
      element.setAttribute("data-key", key);
    }
    update(element, item);
    if (element === next) next = next.nextElementSibling;
    else parent.insertBefore(element, next);
  }
  for (const gone of known.values()) gone.remove();
}

/** Text in which what was searched for is marked. @param {string} text @param {string} search */
export function marked(text, search) {
  const fragment = document.createDocumentFragment();
  const lower = text.toLowerCase();
  const wanted = search.toLowerCase();
  let at = 0;
  // Lower case may be longer than the text, for a few letters: then nothing is marked.
  if (wanted && lower.length === text.length)
    for (let found = lower.indexOf(wanted); found >= 0; found = lower.indexOf(wanted, at)) {
      fragment.append(text.slice(at, found), make("mark", {}, text.slice(found, found + wanted.length)));
      at = found + wanted.length;
    }
  fragment.append(text.slice(at));
  return fragment;
}

/** A list of names and values. @param {[name: string, value: string][]} pairs @param {string} [search] */
export function pairs(pairs, search = "") {
  return make(
    "dl",
    {},
    ...pairs.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, marked(value, search))]),
  );
}
