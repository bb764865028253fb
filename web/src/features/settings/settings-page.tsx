"use client";

import type { ReactNode } from "react";
import { AboutPanel } from "#features/settings/about-panel.tsx";
import { ApiKeysPanel } from "#features/settings/api-keys/api-keys-panel.tsx";
import { LlmPanel } from "#features/settings/llm-panel.tsx";
import { PasswordPanel } from "#features/settings/password/password-panel.tsx";
import { PeoplePanel } from "#features/settings/people/people-panel.tsx";
import { PresetsPanel } from "#features/settings/presets/presets-panel.tsx";
import { RetentionPanel } from "#features/settings/retention/retention-panel.tsx";
import { StoragePanel } from "#features/settings/storage-panel.tsx";
import { WebhooksPanel } from "#features/settings/webhooks/webhooks-panel.tsx";
import { useAccess } from "#lib/graphql/use-access.ts";
import { ErrorBoundary } from "#ui/error-boundary.tsx";
import { PageHeader } from "#ui/page-header.tsx";

/** @property isOpen whether it has a place here, for whom is at work; always without */
interface Section {
  id: string;
  title: string;
  panel: ReactNode;
  isOpen?: (access: NonNullable<ReturnType<typeof useAccess>>) => boolean;
}

const allSections: readonly Section[] = [
  {
    id: "people",
    title: "People",
    panel: <PeoplePanel />,
    isOpen: ({ isLocalMode, may }) => !isLocalMode && may("ADMIN"),
  },
  { id: "account", title: "My account", panel: <PasswordPanel />, isOpen: ({ isLocalMode }) => !isLocalMode },
  { id: "api-keys", title: "API keys", panel: <ApiKeysPanel />, isOpen: ({ isLocalMode }) => !isLocalMode },
  { id: "storage", title: "Storage", panel: <StoragePanel /> },
  { id: "retention", title: "Retention", panel: <RetentionPanel />, isOpen: ({ may }) => may("ADMIN") },
  { id: "webhooks", title: "Webhooks", panel: <WebhooksPanel />, isOpen: ({ may }) => may("ADMIN") },
  { id: "presets", title: "Presets", panel: <PresetsPanel /> },
  { id: "language-model", title: "Prompt language model", panel: <LlmPanel /> },
  { id: "about", title: "About", panel: <AboutPanel /> },
];

/** What holds for the whole studio, section by section; each loads and fails by itself. */
export function SettingsPage() {
  const access = useAccess();
  const sections = allSections.filter(({ isOpen }) => !isOpen || (access && isOpen(access)));
  return (
    <>
      <PageHeader title="Settings" />
      <div className="grid gap-x-10 gap-y-4 lg:grid-cols-[160px_minmax(0,760px)]">
        <nav aria-label="Settings" className="max-lg:-mx-3 max-lg:overflow-x-auto max-lg:px-3 max-sm:pb-1">
          <ul className="flex gap-1 lg:sticky lg:top-4 lg:flex-col">
            {sections.map(({ id, title }) => (
              <li key={id}>
                <a
                  href={`#${id}`}
                  className="flex h-8 items-center rounded-md px-2.5 whitespace-nowrap text-ink-2 hover:bg-hover hover:text-ink max-lg:h-10"
                >
                  {title}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div className="flex min-w-0 flex-col gap-10">
          {sections.map(({ id, title, panel }) => (
            <section key={id} id={id} aria-labelledby={`${id}-title`} className="min-w-0 scroll-mt-10">
              <h2 id={`${id}-title`} className="mb-3 border-b pb-2 text-lg">
                {title}
              </h2>
              <ErrorBoundary name={title}>{panel}</ErrorBoundary>
            </section>
          ))}
        </div>
      </div>
    </>
  );
}
