/** Whether somebody types into this element: the focus must not be taken from it. */
export function isTypedIn(element: Element | null): boolean {
  return (element instanceof HTMLInputElement && !element.readOnly) || element instanceof HTMLTextAreaElement;
}
