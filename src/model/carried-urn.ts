/**
 * A URN as the dynamic resources carry it to their provider: without what the provider knows, since state
 * holds it twice, and without a space, which ends it. A URN of another type is carried whole.
 */
export function carriedUrn(urn: string, type: string): string {
  const [, stack = "", project = "", types = "", name = ""] =
    /^urn:pulumi:(.*?)::(.*?)::(.*?)::(.*)$/s.exec(urn) ?? [];
  const isOwn = types === type || types.endsWith(`$${type}`);
  const text = isOwn ? [stack, project, types.slice(0, -type.length), name].join("::") : urn;
  return text.replace(/[% ]/g, encodeURIComponent);
}

/** The URN that a text stands for. One of an older version may be a digest, which stays what it is. */
export function urnCarried(text: string, type: string): string {
  const [, stack, project, parents, name] = /^(.*?)::(.*?)::(.*?)::(.*)$/s.exec(text) ?? [];
  if (text.startsWith("urn:") || stack === undefined) return text;
  return decodeURIComponent(`urn:pulumi:${stack}::${project}::${parents}${type}::${name}`);
}

/** Ends what is carried at a preview: nothing else tells the provider that the run is one. */
export const PREVIEW_MARK = " ?";
