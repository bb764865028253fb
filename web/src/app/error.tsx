"use client";

import { Button } from "#ui/button.tsx";
import { Notice } from "#ui/notice.tsx";

export default function ErrorPage({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <Notice tone="bad" title="This page could not be shown." actions={<Button onClick={reset}>Try again</Button>}>
      {error.message}
    </Notice>
  );
}
