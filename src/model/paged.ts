const PAGED = /\.(pdf|docx?|odt|xls[xm]?|xltx|csv|ods|pptx?|odp|html|epub|png|jpe?g|webp|gif|tiff?)$/i;

/** Whether an object is a document that is priced by the page, by its key. */
export function isPagedKey(objectKey: string): boolean {
  return PAGED.test(objectKey);
}
