"use client";

import { useState } from "react";
import { browserPermission } from "#features/shell/notifications/browser-notification.ts";
import { changeNotifications } from "#lib/notifications/store.ts";
import { Checkbox } from "#ui/checkbox.tsx";

interface NotificationSettingsProps {
  settings: { watchesOwn: boolean; usesBrowser: boolean };
}

/** What this browser watches and how it tells; the browser's permission is asked for only when somebody wants that. */
export function NotificationSettings({ settings: { watchesOwn, usesBrowser } }: NotificationSettingsProps) {
  const [permission, setPermission] = useState(browserPermission);
  const setUsesBrowser = async (wanted: boolean) => {
    const given = wanted && permission === "default" ? await Notification.requestPermission() : permission;
    setPermission(given);
    changeNotifications((all) => ({ ...all, usesBrowser: wanted && given === "granted" }));
  };
  return (
    <section aria-labelledby="notification-settings" className="flex flex-col gap-3 border-t pt-4">
      <h3 id="notification-settings">In this browser</h3>
      <Checkbox
        label="Watch the jobs that I submit here"
        checked={watchesOwn}
        onCheckedChange={(next) => void changeNotifications((all) => ({ ...all, watchesOwn: next }))}
      />
      {permission !== "unsupported" && (
        <Checkbox
          label="Let the browser tell me while I look at something else"
          help={
            permission === "denied"
              ? "The browser forbids this site to show notifications; allow them in its settings first."
              : "It asks for your permission once."
          }
          disabled={permission === "denied"}
          checked={usesBrowser && permission === "granted"}
          onCheckedChange={(next) => void setUsesBrowser(next)}
        />
      )}
    </section>
  );
}
