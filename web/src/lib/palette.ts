/** Sent on window to open the command palette, the list of shortcuts, and that of notifications. */
export const paletteEvent = "callsheet:palette";
export const shortcutsEvent = "callsheet:shortcuts";
export const notificationsEvent = "callsheet:notifications";

/** Opens the palette from anywhere, such as the navigation of phones. */
export function openPalette(): void {
  window.dispatchEvent(new Event(paletteEvent));
}

/** Opens the list of shortcuts from anywhere. */
export function openShortcuts(): void {
  window.dispatchEvent(new Event(shortcutsEvent));
}

/** Opens the list of notifications from anywhere. */
export function openNotifications(): void {
  window.dispatchEvent(new Event(notificationsEvent));
}
