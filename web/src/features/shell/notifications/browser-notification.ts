import { presentNotifications } from "#lib/notifications/store.ts";

/** Whether this browser can show notifications of pages at all, and may. */
export function browserPermission(): NotificationPermission | "unsupported" {
  return "Notification" in window ? window.Notification.permission : "unsupported";
}

/** Shows the browser's own notification if the person wants that and does not look at the page anyway. */
export function showInBrowser(title: string, body: string, tag: string, onOpen: () => void): void {
  if (!presentNotifications().usesBrowser || document.visibilityState === "visible") return;
  if (browserPermission() !== "granted") return;
  try {
    // Windows that tell the same take each other's place.
    const notification = new Notification(title, { body, tag });
    notification.addEventListener("click", () => {
      window.focus();
      notification.close();
      onOpen();
    });
  } catch {
    // Some phones have only those of service workers; the list in the page has it all the same.
  }
}
