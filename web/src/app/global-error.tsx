"use client";

import "./globals.css";

export default function GlobalError({ reset }: { reset: () => void }) {
  return (
    <html lang="en" data-theme="dark">
      <body className="grid min-h-dvh place-items-center p-4 text-center">
        <title>Callsheet</title>
        <div>
          <h1 className="text-xl">Callsheet could not be shown</h1>
          <p className="mt-2 text-ink-2">Reload the page. If it stays like this, look at the server's log.</p>
          <button type="button" onClick={reset} className="mt-4 rounded-md bg-accent px-3 py-1.5 text-on-accent">
            Try again
          </button>
        </div>
      </body>
    </html>
  );
}
