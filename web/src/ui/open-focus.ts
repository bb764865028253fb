/**
 * Where focus goes when a dialog opens: to the field that asked for it, else to the dialog itself, so that a screen
 * reader says its title and no button is lit up that nobody chose.
 */
export function openFocus(event: Event): void {
  const content = event.currentTarget as HTMLElement | null;
  event.preventDefault();
  if (content && !content.contains(document.activeElement)) content.focus();
}
