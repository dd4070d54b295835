export { ContentError, unreadable } from "./content-error.js";
export { digestOfFiles, digestOfNamed } from "./digest-of-files.js";
export { fileDigest } from "./file-digest.js";
export { isVisible, matchingFiles } from "./matching-files.js";
export { filesBelow } from "./walk.js";
